namespace ConnectorHub.Recipes.Yaml;

/// <summary>A file's text with its line starts. Lines end at LF, CR or CR LF, as editors count them.</summary>
internal sealed class YamlText
{
    private readonly int[] _lineStarts;

    public YamlText(string text)
    {
        Text = text;
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        _lineStarts = [.. starts];
    }

    public string Text { get; }

    public Place PlaceAt(int index)
    {
        index = Math.Clamp(index, 0, Text.Length);
        var line = Array.BinarySearch(_lineStarts, index);
        line = line < 0 ? ~line - 1 : line;
        return new Place(line + 1, index - _lineStarts[line] + 1);
    }

    /// <summary>The line without its end; empty where there is no such line.</summary>
    public string Line(int number)
    {
        if (number < 1 || number > _lineStarts.Length)
        {
            return "";
        }

        var start = _lineStarts[number - 1];
        var end = number < _lineStarts.Length ? _lineStarts[number] : Text.Length;
        return Text[start..end].TrimEnd('\r', '\n');
    }

    /// <summary>The index at which a line begins.</summary>
    public int LineStart(int number) => _lineStarts[Math.Clamp(number, 1, _lineStarts.Length) - 1];
}
