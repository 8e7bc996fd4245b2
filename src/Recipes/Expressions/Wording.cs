using System.Text.RegularExpressions;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A condition's answer in words.</summary>
internal sealed class Wording(string subject, Operator found, Judge judge)
{
    private const int LongestShown = 80;
    private const int LongestListed = 2_000;

    public string Found(Value left)
    {
        var shown = left.Kind switch
        {
            ValueKind.Missing => "missing",
            ValueKind.Null => "null",
            _ => Show(left),
        };
        return judge.Misfit(left) is { } misfit ? $"value was {shown}, {misfit}" : $"value was {shown}";
    }

    public string WouldMatch(Value right, bool listed, Regex? pattern)
    {
        var compared = found.Relation switch
        {
            Relation.Exists or Relation.Empty => "",
            Relation.Matches => $"\"{pattern}\"",
            Relation.Within => right.ToText(),
            Relation.Before or Relation.After when RightSideReader.IsNow(right) => "the time of the event",
            _ when listed => string.Join(", ", right.Items.Select(Show)),
            _ => Show(right),
        };
        return $"It would match if {subject} {Verb(found.Relation, found.Denied)} {compared}".TrimEnd() + ".";
    }

    private static string Verb(Relation relation, bool denied) => relation switch
    {
        Relation.Is => denied ? "were not" : "were",
        Relation.OneOf => denied ? "were none of" : "were one of",
        Relation.Contains => denied ? "did not contain" : "contained",
        Relation.StartsWith => denied ? "did not start with" : "started with",
        Relation.EndsWith => denied ? "did not end with" : "ended with",
        Relation.Matches => denied ? "did not match" : "matched",
        Relation.Exists => denied ? "were missing" : "existed",
        Relation.Empty => denied ? "were not empty" : "were empty",
        Relation.Before => denied ? "were not before" : "were before",
        Relation.After => denied ? "were not after" : "were after",
        Relation.Within => denied ? "were not within" : "were within",
        Relation.More => "were more than",
        Relation.Less => "were less than",
        Relation.AtLeast => "were at least",
        _ => "were at most",
    };

    internal static string Show(Value value)
    {
        if (value.Weight > LongestListed && value.Kind is ValueKind.List or ValueKind.Map)
        {
            return value.Kind == ValueKind.List ? $"a list of {value.Count} items" : $"a map of {value.Count} members";
        }

        var text = value.ToText();
        var cut = text.Length > LongestShown ? string.Concat(text.AsSpan(0, LongestShown), "…") : text;
        return value.Kind switch
        {
            ValueKind.Text => $"\"{cut}\"",
            ValueKind.Missing or ValueKind.Null => "missing",
            _ => cut,
        };
    }
}
