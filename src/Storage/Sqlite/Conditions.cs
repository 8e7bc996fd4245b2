namespace ConnectorHub.Storage.Sqlite;

/// <summary>A WHERE put together from the members of a query that are set; values go in as parameters only.</summary>
internal sealed class Conditions
{
    private readonly List<string> _texts = [];
    private readonly List<string> _values = [];

    /// <summary>A condition without values of the caller's.</summary>
    public void Add(string condition) => _texts.Add(condition);

    /// <param name="rest">What follows the value.</param>
    public void AddText(string comparison, string? value, string rest = "")
    {
        if (value is not null)
        {
            _values.Add(value);
            _texts.Add($"{comparison} ?{_values.Count} {rest}".TrimEnd());
        }
    }

    /// <param name="comparison">Such as <c>type IN</c>.</param>
    public void AddTexts(string comparison, IReadOnlyList<string> values)
    {
        _values.AddRange(values);
        var places = Enumerable.Range(_values.Count - values.Count + 1, values.Count).Select(place => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"?{place}"));
        _texts.Add($"{comparison} ({string.Join(", ", places)})");
    }

    public void AddTo(Statement statement)
    {
        foreach (var value in _values)
        {
            statement.Add(value);
        }
    }

    public override string ToString() => _texts.Count == 0 ? "" : $"WHERE {string.Join(" AND ", _texts)}";
}
