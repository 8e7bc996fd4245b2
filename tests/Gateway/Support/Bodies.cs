namespace ConnectorHub.Tests.Gateway.Support;

/// <summary>Bodies and recipes tests share.</summary>
internal static class Bodies
{
    public const string LiveStarted = """
        {"live":{"id":"9d1c","name":"Product <news>","status":"Live"},"occurredAt":1715095714,"spot":{"id":"s1","name":"Spot"}}
        """;

    public const string LivePlanned = """
        {"live":{"id":"9d1c","name":"Product news","status":"Planned"},"occurredAt":1715095714,"spot":{"id":"s1","name":"Spot"}}
        """;

    public const string LiveRecipe = """
        version: 1
        name: Live started
        when: { source: meltingspot, event: live.updated }
        if: event.live.status is Live
        steps:
          - id: post
            use: slack.post-message
            with:
              channel: "C0123456789"
              text: "{{ event.live.name }} started at {{ event.occurredAt | from_unix | date('d MMM HH:mm') }}"
            retry: [1s, 1s]
        """;

    public static Dictionary<string, string> Live => new() { ["live"] = LiveRecipe };

    /// <summary>The live recipe with another body of its <c>js:</c> value.</summary>
    public static string ScriptRecipe(string code) => $$$"""
        version: 1
        name: Scripted
        when: { source: meltingspot, event: live.updated }
        let:
          made:
            js: |
        {{{string.Join('\n', code.Split('\n').Select(line => "      " + line))}}}
        steps:
          - id: post
            use: slack.post-message
            with: { channel: "C0123456789", text: "{{ made }}" }
            retry: []
        """;
}
