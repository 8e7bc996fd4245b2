namespace ConnectorHub.Tests.Unit.Recipes;

internal static partial class FindingTable
{
    /// <summary>A good recipe with parts of it replaced: <c>when</c> in line 3, a top key in line 4, a key of the step in line 8, a field in line 10.</summary>
    public static string Recipe(string @event = "event: member.created", string top = "about: x", string step = "timeout: 30s", string with = "text: hello") =>
        $$"""
        version: 1
        name: A
        when: { source: meltingspot, {{@event}} }
        {{top}}
        steps:
          - id: hello
            use: slack.post-message
            {{step}}
            with:
              {{with}}
              channel: "C1"

        """;

    /// <summary>The same with a test in line 5.</summary>
    public static string Test(params string[] keys) =>
        Recipe(top: $"tests:\n  - name: t\n    {string.Join("\n    ", keys.Any(key => key.StartsWith("sample", StringComparison.Ordinal)) ? keys : [.. keys, "sample: meltingspot/member.created"])}");

    /// <summary>A good recipe that goes by the clock: its schedule in line 3, from column 21 on.</summary>
    public static string Clock(string schedule) =>
        $$"""
        version: 1
        name: A
        when: { schedule: { {{schedule}} } }
        steps:
          - id: hello
            use: slack.post-message
            with: { text: hello, channel: "C1" }

        """;
}
