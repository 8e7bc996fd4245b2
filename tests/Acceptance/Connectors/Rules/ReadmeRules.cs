namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>The page an admin reads: fixed headings, and tables that are what the code says.</summary>
internal static class ReadmeRules
{
    public static IReadOnlyList<string> Readme(ConnectorCase tested)
    {
        var readme = ConnectorReadme.Of(tested.Connector);
        if (!readme.Exists)
        {
            return [$"{readme.File} is missing"];
        }

        var wrong = new List<string>();
        if (!readme.Headings.SequenceEqual(readme.Expected))
        {
            wrong.Add($"its headings are {string.Join(" | ", readme.Headings)}, expected {string.Join(" | ", readme.Expected)}");
        }

        if (readme.Text != readme.Rewritten)
        {
            wrong.Add($"its tables are not what the code says. Put an empty file at {ConnectorReadme.Switch} and run the tests once: they rewrite it.");
        }

        return [.. wrong, .. readme.EmptySections.Select(section => $"'{section}' says nothing")];
    }
}
