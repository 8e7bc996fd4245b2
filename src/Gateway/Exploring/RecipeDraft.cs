using System.Buffers;
using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Formatting;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Exploring;

/// <summary>Writes a first recipe for an event and an action, with comments and tests, from what the event's sample holds.</summary>
internal sealed class RecipeDraft
{
    private static readonly SearchValues<char> Unwritable = SearchValues.Create("\"\\{}\r\n#");
    private static readonly string[] Deciding = ["status", "state", "stageName"];

    private readonly Sample _sample;
    private readonly string _name;
    private readonly string _zone;
    private readonly IReadOnlyList<FieldRow> _fields;
    private readonly StepSketch _step;
    private readonly FieldRow? _decides;

    /// <param name="zone">The zone to write into the recipe; empty where the settings have one.</param>
    public RecipeDraft(Sample sample, string connector, IConnectorAction action, string name, string zone)
    {
        _sample = sample;
        _name = name;
        _zone = zone;
        _fields = FieldList.Of([sample.Event.Sample], zoneIsSet: true);
        _step = new StepSketch(connector, action, _fields);
        _decides = _fields.FirstOrDefault(row => row.Type == "text" && row.Sample.Length is > 0 and <= 30 && row.Sample.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '_' or '-')
            && !row.Path.Contains('[', StringComparison.Ordinal) && Deciding.Any(word => row.Path.EndsWith($".{word}", StringComparison.Ordinal)));
    }

    /// <summary>A file name for it: its words in small letters, with dashes.</summary>
    public static string FileName(string name)
    {
        var letters = name.ToLowerInvariant().Normalize(NormalizationForm.FormD).Where(letter => letter < 128).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var words = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "recipe" : string.Join('-', words);
    }

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        var lines = new List<string> { "version: 1", $"name: {StepSketch.Quoted(_name)}" };
        lines.AddRange(["", "# " + _sample.Event.About, "when:", $"  source: {_sample.Source.Name}", $"  event: {_sample.Event.Name}"]);
        lines.AddRange(If());
        if (_zone.Length > 0)
        {
            lines.AddRange(["", "# Dates are read and written in this zone.", $"zone: {_zone}"]);
        }

        lines.AddRange(
        [
            "",
            $"# {{{{ }}}} looks a value up. What there is: connectorhub fields {_sample}",
            "# What lies behind a # is not done: remove the # in front of what you want.",
            "steps:",
            .. _step.Lines(optional: true).Select(line => $"  {line}"),
            "",
            "# Run them with: connectorhub test. Nothing is sent.",
            "tests:",
            .. Takes(),
            .. Skips(),
        ]);
        var text = string.Join('\n', lines) + "\n";
        return RecipeFormat.Text(text, "", isShared: false) is FormatResult.Formatted formatted ? formatted.Text : text;
    }

    private IEnumerable<string> If() => _decides is null
        ? ["", "# Only some of them? Then say which, such as:", $"# if: {Suggested()}"]
        : ["", "# Every line must be true. Change the value to what you wait for, or remove the line.", $"if: {Condition(_decides)}"];

    private string Suggested() =>
        _fields.FirstOrDefault(row => row.Sample.Length > 0 && !row.Path.Contains('[', StringComparison.Ordinal)) is { } first ? $"{first.Path} exists" : "meta.test is false";

    private static string Condition(FieldRow row) => $"{row.Path} is {row.Sample}";

    private IEnumerable<string> Takes()
    {
        yield return "  - name: the sample goes through";
        yield return $"    sample: {_sample}";
        yield return "    expect:";
        yield return $"      - runs are [{_step.Id}]";
        foreach (var field in _step.Filled)
        {
            if (_step.TextOf(field) is { } text && Rendered(text, field.TextKind) is { } value)
            {
                yield return $"      - {_step.Id}.{field.Name} is \"{value}\"";
            }
        }
    }

    private IEnumerable<string> Skips() => _decides is null ? [] :
    [
        "  - name: anything else is left alone",
        $"    sample: {_sample}",
        $"    change: {{ {_decides.Path}: something else }}",
        "    expect:",
        $"      - skipped by \"{Condition(_decides)}\"",
    ];

    /// <summary>What a text comes to on the sample, where that can be written into a sentence.</summary>
    private string? Rendered(string text, TextKind kind)
    {
        if (Template.Parse(text, kind).Template is not { } template)
        {
            return null;
        }

        var body = EventBody.WithoutMissingDates(_sample.Body, _sample.Source.MissingDates);
        var known = KnownEvent.Create("evt_test", null, _sample.Source.Name, _sample.Event.Name, null, DateTimeOffset.UnixEpoch, false, "test", body);
        var made = template.Evaluate(known.Scope(Value.Missing), HubZone.Find(_zone.Length > 0 ? _zone : "UTC"), null);
        var value = made.Failure is null ? made.Value.ToText() : string.Empty;
        // A moment is written by its target's own rules; quotes and braces would end the sentence early.
        return value.Length is 0 or > 120 || made.Value.Kind != ValueKind.Text || value.AsSpan().ContainsAny(Unwritable) || value.Contains(": ", StringComparison.Ordinal) ? null : value;
    }
}
