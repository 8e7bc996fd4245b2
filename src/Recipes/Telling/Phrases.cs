using System.Globalization;
using System.Text.Json;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Telling;

/// <summary>How the parts of a recipe are said in a sentence.</summary>
internal static class Phrases
{
    private static readonly JsonSerializerOptions Quotes = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>12 hours</c>, <c>1 hour and 30 minutes</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var parts = new List<string>();
        Add(parts, span.Days, "day");
        Add(parts, span.Hours, "hour");
        Add(parts, span.Minutes, "minute");
        Add(parts, span.Seconds, "second");
        return parts.Count == 0 ? "no time" : And(parts);
    }

    /// <summary><c>after 30 seconds, 2 minutes and 1 hour</c>: the waits of a schedule.</summary>
    public static string Waits(IReadOnlyList<TimeSpan> waits) => waits.Count switch
    {
        0 => "is not tried again",
        1 => $"is tried once more after {Span(waits[0])}",
        _ => $"is tried again up to {waits.Count} times, after waits of {And([.. waits.Select(Span)])}",
    };

    /// <summary><c>a, b and c</c>.</summary>
    public static string And(IReadOnlyList<string> items) => Join(items, "and");

    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> items) => Join(items, "or");

    /// <summary>A value that a recipe makes.</summary>
    public static string Value(Expression value) => value switch
    {
        Constant constant => Constant(constant.Value),
        Template template => Quoted(template.Text),
        ScriptExpression => "what its script returns",
        ListExpression list => $"[{string.Join(", ", list.Items.Select(Value))}]",
        MapExpression map => $"{{ {string.Join(", ", map.Members.Select(member => $"{member.Key}: {Value(member.Value)}"))} }}",
        ChooseExpression choose => string.Join(", ", choose.Choices.Select(choice => choice.If.Count == 0 ? $"otherwise {Value(choice.Value)}" : $"{Value(choice.Value)} if {Conditions(choice.If)}")),
        _ => "a value",
    };

    /// <summary>Conditions as one phrase: <c>a is b and c exists</c>; a group in the midst of others in brackets.</summary>
    public static string Conditions(IReadOnlyList<ConditionLine> lines) =>
        lines.Count == 1 ? Condition(lines[0].Node, alone: true) : And([.. lines.Select(line => Condition(line.Node, alone: false))]);

    /// <param name="alone">False where brackets keep a group together.</param>
    public static string Condition(ConditionNode node, bool alone) => node switch
    {
        ConditionNode.Sentence sentence => sentence.Condition.Sentence,
        ConditionNode.All all => Group(And([.. all.Lines.Select(line => Condition(line.Node, alone: false))]), alone || all.Lines.Count == 1),
        ConditionNode.Any any => Group(Or([.. any.Lines.Select(line => Condition(line.Node, alone: false))]), alone || any.Lines.Count == 1),
        ConditionNode.Not not => $"not ({Condition(not.Line.Node, alone: true)})",
        _ => node.Words,
    };

    /// <summary>A sentence of a description, to go on with: first letter small, no full stop.</summary>
    public static string Clause(string sentence)
    {
        var text = sentence.TrimEnd('.', ' ');
        // A name keeps its capitals: "HubSpot", "A1".
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Quotes).Replace("\\\"", "'", StringComparison.Ordinal);

    private static string Constant(Value value) => value.Kind switch
    {
        ValueKind.Text => Quoted(value.ToText()),
        ValueKind.Missing or ValueKind.Null => "nothing",
        _ => value.ToText(),
    };

    private static string Group(string text, bool alone) => alone ? text : $"({text})";

    private static void Add(List<string> parts, int count, string unit)
    {
        if (count > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}"));
        }
    }

    private static string Join(IReadOnlyList<string> items, string word) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} {word} {items[^1]}",
    };
}
