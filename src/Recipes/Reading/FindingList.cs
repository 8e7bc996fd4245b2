using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Collects what is said about one file: all of it, sorted by place at the end.</summary>
internal sealed class FindingList(string file)
{
    // More than this helps nobody and a hostile file could make millions.
    private const int Most = 200;

    private readonly List<Finding> _findings = [];
    private readonly HashSet<(Place, string, string)> _seen = [];

    public string File { get; } = file;

    public bool HasErrors => Errors > 0;

    /// <summary>How many errors there are so far.</summary>
    public int Errors { get; private set; }

    public void Error(Place place, string code, string message) => Add(place, Severity.Error, code, message);

    public void Warning(Place place, string code, string message) => Add(place, Severity.Warning, code, message);

    public void Add(Place place, Severity severity, string code, string message)
    {
        Errors += severity == Severity.Error ? 1 : 0;
        if (_findings.Count < Most && _seen.Add((place, code, message)))
        {
            _findings.Add(new Finding(File, place.Line, place.Column, severity, code, SecretText.Mask(message)));
        }
    }

    public bool HasErrorAt(int line, string code) => _findings.Exists(finding => finding.Line == line && finding.Code == code);

    /// <summary>True where this line, or the one above, has an error already: what the parser stumbles over next follows from it.</summary>
    public bool HasErrorNear(int line) => _findings.Exists(finding => finding.Severity == Severity.Error && line - finding.Line is 0 or 1);

    public IReadOnlyList<Finding> Sorted() => [.. _findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
}
