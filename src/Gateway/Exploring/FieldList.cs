using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Exploring;

/// <summary>Lists all fields of some bodies of the same event: path, type, sample value, and what to paste.</summary>
internal sealed partial class FieldList
{
    private const int MostLabels = 25;

    // Custom fields of a platform come as { "title": "Email", "values": ["…"] }.
    private static readonly string[] LabelNames = ["title", "label", "question", "name", "key"];
    private static readonly string[] ValueNames = ["values", "value", "answers", "answer"];

    private readonly bool _zoneIsSet;
    private readonly List<FieldRow> _rows = [];

    private FieldList(bool zoneIsSet) => _zoneIsSet = zoneIsSet;

    /// <summary>What every event has beside its body.</summary>
    public static IReadOnlyList<FieldRow> Meta(string source, string type) =>
    [
        Plain("meta.id", "text", "evt_01M7Z0T6V202RX2EBG4G5X95Z3", "the hub's id of the event"),
        Plain("meta.source", "text", source, "as in when.source"),
        Plain("meta.type", "text", type, "as in when.event"),
        Plain("meta.time", "date", "", "when it happened, else when it was received"),
        Plain("meta.receivedAt", "date", "", "when the hub received it"),
        Plain("meta.test", "true or false", "false", "true where the platform marked it as a test"),
        Plain("meta.hook", "text", "", "connection/event"),
    ];

    /// <param name="zoneIsSet">False: what to paste for a date names its zone itself.</param>
    public static IReadOnlyList<FieldRow> Of(IEnumerable<JsonElement> bodies, bool zoneIsSet)
    {
        var list = new FieldList(zoneIsSet);
        list.Walk("event", "event", [.. bodies]);
        return list._rows;
    }

    /// <summary>The same, telling what was received apart from what the samples show.</summary>
    public static IReadOnlyList<FieldRow> Compare(IReadOnlyList<JsonElement> samples, IReadOnlyList<JsonElement> received, bool zoneIsSet)
    {
        var documented = Of(samples, zoneIsSet).Select(row => row.Path).ToHashSet(StringComparer.Ordinal);
        var seen = Of(received, zoneIsSet).Select(row => row.Path).ToHashSet(StringComparer.Ordinal);
        // What was received comes first, so that its values are the ones shown.
        return
        [
            .. Of(received.Concat(samples), zoneIsSet).Select(row => row with
            {
                Note = !documented.Contains(row.Path) ? "only in what you received" : !seen.Contains(row.Path) ? "not in what you received" : "",
            }),
        ];
    }

    /// <summary>Rows in which a word occurs, in path, type or value.</summary>
    public static IReadOnlyList<FieldRow> Filter(IEnumerable<FieldRow> rows, string? word) =>
    [
        .. rows.Where(row => word is null || $"{row.Path} {row.Type} {row.Sample} {row.Note}".Contains(word, StringComparison.OrdinalIgnoreCase)),
    ];

    private void Walk(string path, string name, List<JsonElement> values)
    {
        var maps = values.Where(value => value.ValueKind == JsonValueKind.Object).ToList();
        var lists = values.Where(value => value.ValueKind == JsonValueKind.Array).ToList();
        foreach (var member in maps.SelectMany(map => map.EnumerateObject()).Select(member => member.Name).Distinct().ToList())
        {
            Walk(path + Member(member), member, [.. maps.Where(map => map.TryGetProperty(member, out _)).Select(map => map.GetProperty(member))]);
        }

        if (lists.Count > 0)
        {
            WalkList(path, name, [.. lists.SelectMany(list => list.EnumerateArray())]);
        }

        if (values.Count > maps.Count + lists.Count && (maps.Count + lists.Count == 0 || values.Exists(IsScalar)))
        {
            _rows.Add(Scalar(path, name, values));
        }
        else if (maps.Count > 0 && maps.All(map => !map.EnumerateObject().Any()))
        {
            _rows.Add(new FieldRow(path, "map", "", $"{{{{ {path} | json }}}}", "empty in the sample"));
        }
    }

    private void WalkList(string path, string name, List<JsonElement> items)
    {
        if (items.Count == 0)
        {
            _rows.Add(new FieldRow($"{path}[*]", "list", "", $"{{{{ {path}[*] | join(', ') }}}}", "empty in the sample"));
            return;
        }

        if (Labelled(items) is { } found)
        {
            foreach (var item in items.DistinctBy(item => item.GetProperty(found.Label).GetString()).Take(MostLabels))
            {
                var label = item.GetProperty(found.Label).GetString()!.Replace("'", "''", StringComparison.Ordinal);
                Walk($"{path}[{found.Label}='{label}'].{found.Value}", label, [item.GetProperty(found.Value)]);
            }
        }

        Walk($"{path}[*]", name, items);
    }

    private static (string Label, string Value)? Labelled(List<JsonElement> items)
    {
        var label = Array.Find(LabelNames, name => items.TrueForAll(item => Has(item, name) && item.GetProperty(name).ValueKind == JsonValueKind.String));
        var value = Array.Find(ValueNames, name => items.TrueForAll(item => Has(item, name)));
        return label is null || value is null ? null : (label, value);
    }

    private static bool Has(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out _);

    private FieldRow Scalar(string path, string name, List<JsonElement> values)
    {
        var sample = values.Find(IsScalar);
        var shown = sample.ValueKind == JsonValueKind.Undefined ? "" : sample.ValueKind == JsonValueKind.String ? sample.GetString()! : sample.GetRawText();
        var (type, filters) = Kind(name, sample, shown);
        var several = path.Contains("[*]", StringComparison.Ordinal);
        if (several)
        {
            (type, filters) = ($"list of {type}", " | join(', ')");
        }
        else if (values.Exists(value => value.ValueKind == JsonValueKind.Null) && sample.ValueKind != JsonValueKind.Undefined)
        {
            type += ", or null";
        }

        return new FieldRow(path, type, shown, $"{{{{ {path}{filters} }}}}", sample.ValueKind == JsonValueKind.Undefined ? "null in the sample" : shown.StartsWith("0001-01-01T", StringComparison.Ordinal) ? "not set in the sample" : "");
    }

    private (string Type, string Filters) Kind(string name, JsonElement sample, string shown)
    {
        var date = $"{(_zoneIsSet ? "" : " | in_zone('Europe/Paris')")} | date('d MMM yyyy HH:mm')";
        return sample.ValueKind switch
        {
            JsonValueKind.Undefined => ("unknown", ""),
            JsonValueKind.True or JsonValueKind.False => ("true or false", ""),
            JsonValueKind.Number when DateName().IsMatch(name) && shown.Length == 10 && !shown.Contains('.', StringComparison.Ordinal) => ("date (seconds since 1970)", $" | from_unix{date}"),
            JsonValueKind.Number when DateName().IsMatch(name) && shown.Length == 13 && !shown.Contains('.', StringComparison.Ordinal) => ("date (milliseconds since 1970)", $" | from_unix_ms{date}"),
            JsonValueKind.Number => ("number", ""),
            _ when IsoText().IsMatch(shown) => ("date (ISO text)", $" | from_iso{date}"),
            _ => ("text", ""),
        };
    }

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string Member(string name) =>
        Names.IsName(name) ? $".{name}" : $"['{name.Replace("'", "''", StringComparison.Ordinal)}']";

    private static FieldRow Plain(string path, string type, string sample, string note) => new(path, type, sample, $"{{{{ {path} }}}}", note);

    [GeneratedRegex("(At|Date|Time|On|_at|_date|_time|timestamp|^date|^time)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DateName();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IsoText();
}
