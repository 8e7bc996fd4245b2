using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>A connector's README.md. What stands between <c>&lt;!-- table: name --&gt;</c> and <c>&lt;!-- end --&gt;</c> is made from the code.</summary>
internal sealed class ConnectorReadme
{
    /// <summary>Where an empty file asks for the tables to be written anew.</summary>
    public const string Switch = "connectors/regenerate";

    private const string Open = "<!-- table: ";
    private const string Close = "<!-- end -->";

    private readonly IConnector _connector;

    private ConnectorReadme(IConnector connector, string file)
    {
        _connector = connector;
        File = file;
        Exists = System.IO.File.Exists(file);
        Text = Exists ? System.IO.File.ReadAllText(file) : string.Empty;
    }

    public string File { get; }

    public bool Exists { get; }

    public string Text { get; }

    public string Rewritten => Rewrite();

    public IReadOnlyList<string> Headings =>
        [.. Text.Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal))];

    public IReadOnlyList<string> Expected =>
    [
        $"# {_connector.Manifest.DisplayName}",
        "## What it is for",
        "## Connect it",
        .. _connector.Sources.Count > 0 ? new[] { "## Events" } : [],
        .. _connector.Actions.Count > 0 ? new[] { "## Actions" } : [],
        "## Limits",
        "## When something goes wrong",
    ];

    public IReadOnlyList<string> EmptySections =>
        [.. Text.Split("\n## ").Skip(1).Where(section => section.Trim().Split('\n').Length < 3).Select(section => section.Split('\n')[0])];

    public static ConnectorReadme Of(IConnector connector)
    {
        var folder = connector.GetType().Namespace!.Split('.')[^1];
        return new ConnectorReadme(connector, Path.Combine(Root(), "connectors", folder, "README.md"));
    }

    /// <summary>The top of the source tree.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "ConnectorHub.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("ConnectorHub.sln is above none of the folders of the tests.");
        }

        return folder;
    }

    public void Write() => System.IO.File.WriteAllText(File, Rewritten);

    private string Rewrite()
    {
        var written = new List<string>();
        var inside = false;
        foreach (var line in Text.Split('\n'))
        {
            if (line == Close)
            {
                inside = false;
            }

            if (!inside)
            {
                written.Add(line);
            }

            if (line.StartsWith(Open, StringComparison.Ordinal))
            {
                inside = true;
                written.AddRange(ReadmeTables.Write(line[Open.Length..].Replace(" -->", string.Empty, StringComparison.Ordinal), _connector));
            }
        }

        return string.Join('\n', written);
    }
}
