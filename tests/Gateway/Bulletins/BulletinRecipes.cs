namespace ConnectorHub.Tests.Gateway.Bulletins;

/// <summary>Recipes of these tests.</summary>
internal static class BulletinRecipes
{
    /// <summary>Fails for good where the event names a channel that is not there.</summary>
    public const string Work =
        """
        version: 1
        name: Work
        when: { source: webhook, event: booked }
        steps:
          - { id: post, use: slack.post-message, connection: slack, with: { channel: "{{ event.channel }}", text: "{{ event.number }}" } }
        """;

    /// <summary>Tells of everything.</summary>
    public static string Tells(string channel = "#general", string connection = "slack-ops") =>
        $$$"""
        version: 1
        name: Tells
        when: { source: hub, event: [hub.run.dead-lettered, hub.connection.blocked, hub.connection.down, hub.recipe.rejected] }
        steps:
          - id: tell
            use: slack.post-message
            connection: {{{connection}}}
            with: { channel: "{{{channel}}}", text: "{{ event.title }} | {{ event.count }} | {{ event.moreText }} | {{ event.text }}" }
        on_error:
          - { use: slack.post-message, connection: {{{connection}}}, with: { channel: "{{{channel}}}", text: "{{ error.message }}" } }
        """;
}
