using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads a value: constants, <c>{{ }}</c> and <c>js:</c>, in lists and maps as deep as they come.</summary>
internal sealed partial class ValueReader(RecipeFile file, PathCheck paths, SampleTrial trial, GapCheck gaps)
{
    private readonly FindingList _findings = file.Findings;

    /// <summary>Reads the conditions of a <c>choose</c>.</summary>
    public ConditionReader? Conditions { get; set; }

    /// <param name="textOnly">The target takes text, so plain words stay as they are written: <c>NO</c>, <c>1234</c>.</param>
    /// <param name="gap">What comes of one placeholder that finds nothing.</param>
    public Expression Read(YamlNode node, TextKind kind, Sight sight, bool textOnly = false, Gap gap = Gap.LeftOut) => node switch
    {
        YamlScalar scalar => Scalar(scalar, kind, sight, textOnly, gap),
        YamlList list => new ListExpression([.. list.Items.Select(item => Read(item, kind, sight, textOnly))]),
        YamlMap map when IsScript(map) => Script(map, kind),
        YamlMap map when IsComputed(map) => Choose(map.Entries[0].Value, kind, sight, textOnly),
        YamlMap map => new MapExpression([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Read(entry.Value, kind, sight, textOnly)))]),
        _ => new Constant(Value.Missing),
    };

    public static bool IsScript(YamlNode node) => node is YamlMap map && map.Find("js") is not null;

    /// <summary>True where a map is no map of values but says how to make one: <c>js</c>, <c>choose</c>.</summary>
    public static bool IsComputed(YamlNode node) => IsScript(node) || node is YamlMap { Entries: [var only] } && only.Key.Text == "choose";

    public static bool IsTemplate(YamlNode node) => node is YamlScalar scalar && IsTemplate(scalar);

    private static bool IsTemplate(YamlScalar scalar) => scalar.Text.Contains("{{", StringComparison.Ordinal);

    public Template? Template(YamlScalar scalar, TextKind kind, Sight sight, Gap gap = Gap.Unnamed)
    {
        var parse = Expressions.Template.Parse(scalar.Text, kind);
        foreach (var problem in parse.Problems)
        {
            _findings.Error(scalar.PlaceOf(problem.Offset), FindingCodes.BadExpression, Problems.Words(problem));
        }

        if (parse.Template is not { } template)
        {
            return null;
        }

        var errors = _findings.Errors;
        paths.Check(template.Paths, scalar, sight);
        if (errors == _findings.Errors)
        {
            // What fails because a path is wrong has been said.
            trial.Check(template, scalar);
        }

        gaps.Check(template, scalar, sight, gap);
        return template;
    }

    private Expression Scalar(YamlScalar scalar, TextKind kind, Sight sight, bool textOnly, Gap gap)
    {
        if (!IsTemplate(scalar))
        {
            if (!textOnly && scalar.Style == ScalarStyle.Plain && PlainScalar.OldTruth(scalar.Text) is { } truth && !_findings.HasErrorAt(scalar.Start.Line, FindingCodes.WrongField))
            {
                _findings.Warning(scalar.Start, FindingCodes.OtherKind, $"{scalar.Text} is a text here, not true or false. For the text write \"{scalar.Text}\", else {truth}.");
            }

            return new Constant(Constants.Of(scalar, textOnly));
        }

        var template = Template(scalar, kind, sight, gap);
        if (template is { UsesRaw: true } && kind != TextKind.Plain)
        {
            var at = Math.Max(scalar.Text.IndexOf("raw", StringComparison.Ordinal), 0);
            _findings.Warning(
                scalar.PlaceOf(at),
                FindingCodes.RawText,
                $"'| raw' puts a text of the platform into {Kind(kind)} as it comes: it may hold mentions, links or markup of a stranger. Remove it unless that is wanted.");
        }

        return template ?? (Expression)new Constant(Value.Missing);
    }

    private ChooseExpression Choose(YamlNode node, TextKind kind, Sight sight, bool textOnly)
    {
        const string Example = "a list of offers, the first that fits is taken: [ { if: event.score is at least 80, value: passed }, { value: failed } ]";
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            Scalars.Wrong(node, "choose", Example, _findings);
            return new ChooseExpression([]);
        }

        var choices = new List<Choice>();
        foreach (var item in list.Items)
        {
            if (item is not YamlMap map)
            {
                Scalars.Wrong(item, "choose", Example, _findings);
                continue;
            }

            Keys.Choice.Check(map, map.Start, _findings);
            if (choices.Count > 0 && choices[^1].If.Count == 0)
            {
                _findings.Error(map.Start, FindingCodes.BadCondition, "an offer above this one has no 'if', so this one is never taken. Put the offer without 'if' last.");
            }

            var lines = map.Find("if") is { } condition ? Conditions!.ReadOffer(condition.Value, sight) : [];
            choices.Add(new Choice(lines, map.Find("value") is { } value ? Read(value.Value, kind, sight, textOnly) : new Constant(Value.Missing)));
        }

        return new ChooseExpression(choices);
    }

    private Expression Script(YamlMap map, TextKind kind)
    {
        var entry = map.Find("js")!;
        foreach (var other in map.Entries.Where(candidate => candidate != entry))
        {
            _findings.Error(other.Key.Start, FindingCodes.UnknownKey, $"'{other.Key.Text}' stands beside 'js'. A script is a map with the single key 'js'.");
        }

        if (entry.Value is not YamlScalar { IsNull: false } code || code.Text.Trim().Length == 0)
        {
            Scalars.Wrong(entry.Value, "js", "the body of a function, such as \"return event.member.email\"", _findings);
            return new Constant(Value.Missing);
        }

        foreach (var match in Placeholder().EnumerateMatches(code.Text))
        {
            _findings.Error(
                code.PlaceOf(match.Index),
                FindingCodes.PlaceholderInScript,
                $"{code.Text.Substring(match.Index, match.Length)} stands inside a script, where it is not replaced. A script reads names directly: {code.Text.Substring(match.Index, match.Length).Trim('{', '}').Split('|')[0].Trim()}");
        }

        var place = code.PlaceOf(0);
        var source = new ScriptSource(code.Text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Text))), _findings.File, place.Line, place.Column);
        file.Scripts.Add(new FoundScript(source, code));
        return new ScriptExpression(source, kind);
    }

    private static string Kind(TextKind kind) => kind switch
    {
        TextKind.Mrkdwn => "a Slack message",
        TextKind.Html => "HTML",
        TextKind.UrlPart => "an address",
        _ => "a header",
    };

    // Braces of JavaScript hold statements or 'name: value'; a placeholder holds a name, a path or filters.
    [GeneratedRegex(@"\{\{\s*[A-Za-z_][^{}:;=\n]*\}\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
