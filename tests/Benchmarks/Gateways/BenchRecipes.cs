namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>The recipes the gateway is measured with: the one case the floor knows by heart.</summary>
internal static class BenchRecipes
{
    /// <summary>Condition, template with a date, one Slack message.</summary>
    public const string Plain = """
        version: 1
        name: A live has started
        about: The case the benchmarks measure.
        owner: bench@example.org
        when:
          source: meltingspot
          event: live.updated
        if: event.live.status is Live
        steps:
          - id: tell
            use: slack.post-message
            with:
              channel: "{{ event.spot.name }}"
              text: "{{ event.live.name }} started at {{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('d MMM HH:mm') }}"

        """;

    /// <summary>The same with the date made by a snippet.</summary>
    public const string Script = """
        version: 1
        name: A live has started
        about: The case the benchmarks measure, with a snippet.
        owner: bench@example.org
        when:
          source: meltingspot
          event: live.updated
        if: event.live.status is Live
        let:
          started:
            js: |
              var at = new Date(event.occurredAt * 1000);
              return at.getUTCHours() + ':' + ('0' + at.getUTCMinutes()).slice(-2);
        steps:
          - id: tell
            use: slack.post-message
            with:
              channel: "{{ event.spot.name }}"
              text: "{{ event.live.name }} started at {{ started }} UTC"

        """;
}
