using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Reads the sentences of <c>if:</c>: a value, an operator, and what it is compared with. See GRAMMAR.md.</summary>
public static class ConditionParser
{
    /// <summary>Reads one sentence.</summary>
    public static ConditionParse Parse(string sentence)
    {
        if (sentence.Length > ExpressionReader.LongestExpression)
        {
            return Fail(new SyntaxProblem(0, $"A condition has at most {ExpressionReader.LongestExpression} letters.", "Put a part of it into a 'let:'."));
        }

        var left = LeftSide.Read(sentence, out var problem);
        if (left is null)
        {
            return Fail(problem!);
        }

        if (FindOperator(sentence, left.End) is not var (found, end))
        {
            return Fail(NoOperator(sentence, left));
        }

        var right = new RightSideReader(sentence, end, found);
        if (!right.Read())
        {
            return new ConditionParse(null, right.Problems);
        }

        return new ConditionParse(new Comparison(sentence, left, found, right), []);
    }

    // "is missing" is an operator only at the end: "is missing data" compares with the text "missing data".
    private static (Operator Operator, int End)? FindOperator(string sentence, int at)
    {
        foreach (var candidate in Operator.All)
        {
            var end = candidate.EndAt(sentence, at);
            if (end >= 0 && (!candidate.StandsLast || sentence.AsSpan(end).IsWhiteSpace()))
            {
                return (candidate, end);
            }
        }

        return null;
    }

    private static SyntaxProblem NoOperator(string sentence, LeftSide left)
    {
        var at = left.End;
        while (at < sentence.Length && char.IsWhiteSpace(sentence[at]))
        {
            at++;
        }

        var end = at;
        while (end < sentence.Length && !char.IsWhiteSpace(sentence[end]))
        {
            end++;
        }

        var word = sentence[at..Math.Min(end, at + 30)];
        var allowed = string.Join(", ", Operator.All.Where(known => !known.Denied && char.IsLetter(known.Words[0]) && known.Words != "is not missing").Select(known => known.Words).Append("is missing, and each with not"));
        var message = word.Length == 0
            ? $"The condition ends after its value. An operator must follow: {allowed}."
            : $"'{word}' is no operator. Operators: {allowed}.";
        return new SyntaxProblem(Math.Min(at, sentence.Length), message, Advice(word) ?? $"Write: {left.Source} is {sentence[at..].Trim()}");
    }

    private static string? Advice(string word) => word.ToLowerInvariant() switch
    {
        "" => "To ask whether there is a value, write 'exists'.",
        "==" or "===" => "Write '=' or 'is'.",
        "equals" or "equal" or "are" => "Write 'is'.",
        "isn't" or "<>" or "!==" => "Write 'is not'.",
        "includes" or "has" => "Write 'contains'.",
        "in" => "Write 'is one of [A, B]'.",
        "greater" or "gt" => "Write 'is more than'.",
        "lower" or "smaller" or "lt" => "Write 'is less than'.",
        "and" or "&&" or "or" or "||" => "Write one condition a line; 'any:' for or.",
        _ when Nearest.Of(word, Operator.All.Select(known => known.Words.Split(' ')[0]).Distinct()) is { } near => $"Did you mean '{near}'?",
        _ => null,
    };

    private static ConditionParse Fail(SyntaxProblem problem) => new(null, [problem]);
}
