using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Exploring;

/// <summary>A step of an action as a recipe writes it: what it needs filled in, what it may take as comments.</summary>
internal sealed class StepSketch
{
    // An action may need one of these although each may be left out: a message needs a text.
    private static readonly string[] Content = ["text", "body", "values", "properties", "fields"];

    private readonly IConnectorAction _action;
    private readonly string _use;
    private readonly IReadOnlyList<FieldRow> _event;

    /// <param name="fields">What the event has; empty for a step on its own.</param>
    public StepSketch(string connector, IConnectorAction action, IReadOnlyList<FieldRow> fields)
    {
        _action = action;
        _use = $"{connector}.{action.Name}";
        _event = fields;
        Id = action.Name.Replace('-', '_');
        var needed = action.Shape.Inputs.Where(field => field.Required).ToList();
        var content = Array.Find(Content, name => action.Shape.Inputs.Any(field => field.Name == name));
        Filled = [.. needed, .. action.Shape.Inputs.Where(field => !field.Required && field.Name == content)];
    }

    public string Id { get; }

    /// <summary>The fields it fills in.</summary>
    public IReadOnlyList<Field> Filled { get; }

    /// <summary>The lines of the step, as an entry of <c>steps</c> without indentation.</summary>
    /// <param name="optional">True: what may be added stands below as comments.</param>
    public IReadOnlyList<string> Lines(bool optional)
    {
        var lines = new List<string> { $"- id: {Id}", $"  use: {_use}" };
        if (Filled.Count > 0)
        {
            lines.Add("  with:");
        }

        lines.AddRange(Filled.SelectMany(field => Entry(field, Value(field))));
        if (optional)
        {
            lines.AddRange(_action.Shape.Inputs.Except(Filled).Select(field => $"    # {field.Name}: {Short(field.About)}"));
        }

        return lines;
    }

    /// <summary>What a field that takes one text is filled with.</summary>
    public string? TextOf(Field field) => field.Type == FieldType.Text && field.Allowed.Count == 0 ? Text(field) : null;

    private static IEnumerable<string> Entry(Field field, IReadOnlyList<string> value) =>
        value.Count == 1 ? [$"    {field.Name}: {value[0]}"] : [$"    {field.Name}:", .. value.Select(line => $"      {line}")];

    // One line stands behind the name, more stand below it.
    private IReadOnlyList<string> Value(Field field) => field.Type switch
    {
        _ when field.Allowed.Count > 0 => [field.Allowed[0]],
        FieldType.WholeNumber or FieldType.Number => ["1"],
        FieldType.Boolean => ["false"],
        FieldType.TextList => [$"[{Quoted(Text(field))}]"],
        FieldType.TextMap or FieldType.Any => field.Name == "fields" && field.Type == FieldType.Any ? ["[Id]"] : Map(),
        _ => [Quoted(Text(field))],
    };

    private IReadOnlyList<string> Map()
    {
        var fields = _event.Where(row => row.Sample.Length > 0 && !row.Path.Contains('[', StringComparison.Ordinal) && row.Path.StartsWith("event.", StringComparison.Ordinal)).Take(4).ToList();
        return fields.Count == 0
            ? ["Name: \"{{ meta.type }}\"", "When: \"{{ meta.time }}\""]
            : [.. fields.DistinctBy(row => Last(row.Path)).Select(row => $"{Title(Last(row.Path))}: {Quoted(row.Paste)}")];
    }

    private string Text(Field field) => field.Name switch
    {
        "channel" => "#general",
        "to" or "email" or "calendar" or "attendees" or "person" => Find("email") ?? "someone@example.com",
        "url" => "https://example.com/",
        "start" => Moment("2030-01-31T09:00:00Z"),
        "end" => Moment("2030-01-31T10:00:00Z"),
        "text" or "body" or "message" or "note" => Sentence(),
        "title" or "subject" or "summary" => Find("title") ?? Find("name") ?? "{{ meta.type }}",
        "sobject" => "Contact",
        "spreadsheet" => "the-id-of-your-spreadsheet",
        "sheet" => "Sheet1",
        "range" => "A1:C10",
        _ when field.Name.Contains("mail", StringComparison.Ordinal) => Find("email") ?? "someone@example.com",
        _ when field.Name.EndsWith("id", StringComparison.Ordinal) => Find("id") ?? "0001",
        _ => $"your-{field.Name.Replace('_', '-')}",
    };

    // A fixed moment where the event has none: what it is about must not begin when the event was sent.
    private string Moment(string otherwise) =>
        _event.FirstOrDefault(row => row.Type.StartsWith("date (ISO", StringComparison.Ordinal) && row.Path.Contains(otherwise.Contains("T10", StringComparison.Ordinal) ? "end" : "start", StringComparison.OrdinalIgnoreCase)) is { } found
            ? $"{{{{ {found.Path} | from_iso }}}}"
            : otherwise;

    private string Sentence()
    {
        var name = Find("name") ?? Find("title") ?? Find("firstname") ?? Find("email");
        return name is null ? "{{ meta.type }} arrived" : $"{name} ({{{{ meta.type }}}})";
    }

    /// <summary>What to paste for the first field of that name, else the first whose name ends with it.</summary>
    private string? Find(string name)
    {
        var single = _event.Where(row => !row.Path.Contains('[', StringComparison.Ordinal) && row.Sample.Length > 0).ToList();
        return (single.Find(row => Last(row.Path).Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? single.Find(row => Last(row.Path).EndsWith(name, StringComparison.OrdinalIgnoreCase)))?.Paste;
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A text in double quotes, as YAML reads it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Written);

    private static readonly JsonSerializerOptions Written = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Short(string about) => about.Length <= 90 ? about : about[..about.LastIndexOf(' ', 90)] + " …";
}
