namespace ConnectorHub.Recipes.Formatting;

/// <summary>The lines of a formatted file. Comments behind lines that stood below each other stand below each other again.</summary>
internal sealed class FormatLines
{
    private readonly List<(string Text, FormatComment? Comment)> _lines = [];
    private bool _noBlank;

    public void Add(string text, FormatComment? comment)
    {
        _lines.Add((text, comment));
        _noBlank = false;
    }

    public void AddAsIs(string text) => Add(text, null);

    /// <summary>One empty line, however often it is asked for.</summary>
    public void Blank()
    {
        if (!_noBlank && _lines.Count > 0 && _lines[^1].Text.Length > 0)
        {
            AddAsIs("");
        }
    }

    /// <summary>An empty line here would belong to the text above.</summary>
    public void NoBlankHere() => _noBlank = true;

    public override string ToString()
    {
        var written = new List<string>();
        for (var first = 0; first < _lines.Count;)
        {
            var end = first + 1;
            while (end < _lines.Count && _lines[first].Comment is { } one && _lines[end].Comment is { } other && one.Column == other.Column)
            {
                end++;
            }

            var group = _lines[first..end];
            var column = group.Max(line => line.Text.Length) + 2;
            written.AddRange(group.Select(line => line.Comment is { } comment ? line.Text.PadRight(column) + comment.Text : line.Text));
            first = end;
        }

        return string.Join('\n', written) + "\n";
    }
}
