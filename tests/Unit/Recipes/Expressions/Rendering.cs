using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

/// <summary>An event, and short ways to ask it something.</summary>
internal static class Rendering
{
    public static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public static readonly Instant Now = Instant.FromUtc(2024, 5, 7, 15, 0);

    public static Scope Seen { get; } = new Scope()
        .Set("event", Json(
            """
            { "occurredAt": 1715095714, "ms": 1715095714000, "big": 9007199254740993, "score": 82, "scoreText": "82.0", "zero": 0, "minutes": 30,
              "member": { "email": "Ada@Acme.example", "firstname": "Ada", "status": "Invited", "title": "CEO", "none": null, "empty": "", "blank": "  ",
                          "accepted": true, "tags": ["VIP", "Paris"], "noTags": [], "evil": "<!channel> & co" },
              "live": { "start": "2024-05-08T10:00:00+02:00", "local": "2024-05-08T10:00:00", "day": "2024-05-08", "zone": "Asia/Tokyo" },
              "list": [1, "two", null, { "a": "<b>" }], "map": { "fr": "France" } }
            """))
        .Set("shared", Json("""{ "limit": 80, "titles": ["CEO", "CMO"], "plans": { "pro": 1 } }"""));

    public static Value Json(string json) => Value.Parse(Encoding.UTF8.GetBytes(json));

    public static Template Template(string text, TextKind kind = TextKind.Plain)
    {
        var parse = ConnectorHub.Recipes.Expressions.Template.Parse(text, kind);
        Assert.True(parse.Problems.Count == 0, string.Join("; ", parse.Problems.Select(problem => problem.Message)));
        return parse.Template!;
    }

    public static Evaluated Render(string text, TextKind kind = TextKind.Plain, DateTimeZone? zone = null, List<string>? warnings = null) =>
        Template(text, kind).Evaluate(Seen, zone, warnings);

    public static string Text(string text, TextKind kind = TextKind.Plain, DateTimeZone? zone = null)
    {
        var result = Render(text, kind, zone);
        Assert.Null(result.Failure);
        return result.Value.ToText();
    }

    public static string Failure(string text, DateTimeZone? zone = null)
    {
        var failure = Render(text, zone: zone).Failure;
        Assert.NotNull(failure);
        Assert.Equal(EvaluationFailure.FilterFailed, failure.Code);
        Assert.False(failure.Transient);
        return failure.Message;
    }

    public static SyntaxProblem Problem(string text)
    {
        var parse = ConnectorHub.Recipes.Expressions.Template.Parse(text, TextKind.Plain);
        Assert.Null(parse.Template);
        return Assert.Single(parse.Problems);
    }

    public static bool Holds(string sentence) => Condition(sentence).Holds(new ConditionContext(Seen, Paris, Now));

    public static Condition Condition(string sentence)
    {
        var parse = ConditionParser.Parse(sentence);
        Assert.True(parse.Problems.Count == 0, string.Join("; ", parse.Problems.Select(problem => problem.Message)));
        return parse.Condition!;
    }
}
