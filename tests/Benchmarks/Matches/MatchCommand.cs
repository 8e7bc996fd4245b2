using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Tests.Benchmarks.Load;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Benchmarks.Matches;

/// <summary><c>match</c>: processor time of what a recipe computes, on one thread, without store and network.</summary>
internal static class MatchCommand
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(SignedEvents.Body(1, "Live"));

    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var stretch = TimeSpan.FromMilliseconds(options.Number("milliseconds", 500));
        var rounds = options.Number("rounds", 5);
        Console.WriteLine(Invariant($"An event of {Body.Length} bytes; processor time of one thread, the middle of {rounds} stretches of {stretch.TotalMilliseconds:f0} ms"));
        Console.WriteLine();
        Console.WriteLine("| what | µs an event |");
        Console.WriteLine("|---|---|");

        double Row(string what, Action act)
        {
            var cost = Cost(act, stretch, rounds);
            Console.WriteLine(Invariant($"| {what} | {cost:f2} |"));
            return cost;
        }

        _ = Row("reading the body", () => Value.Parse(Body));
        foreach (var others in (int[])[10, 100, 1_000])
        {
            var book = await MatchBook.OfAsync(others, 1, 1, cancellationToken);
            _ = Row($"one recipe asked, {others} that want other events", () => Ask(book));
        }

        var few = await MatchBook.OfAsync(100, 1, 1, cancellationToken);
        var many = await MatchBook.OfAsync(100, 101, 1, cancellationToken);
        var long10 = await MatchBook.OfAsync(100, 101, 11, cancellationToken);
        var one = Row("asked by 1 recipe of one condition", () => Ask(few));
        var hundred = Row("asked by 101 recipes of one condition", () => Ask(many));
        var more = Row("asked by 101 recipes of eleven conditions", () => Ask(long10));
        Console.WriteLine(Invariant($"| → each recipe asked, with its condition | {(hundred - one) / 100:f3} |"));
        Console.WriteLine(Invariant($"| → each further condition | {(more - hundred) / 1010:f3} |"));

        var plain = await MatchBook.PlainAsync(cancellationToken);
        _ = Row("a recipe of templates: body, condition, two fields with a date in a zone, as JSON", () => Render(plain));
        return 0;
    }

    private static void Ask(RecipeBook book)
    {
        var known = Known(Value.Null);
        var scope = known.Scope(book.Shared);
        var now = Instant.FromDateTimeOffset(known.ReceivedAt);
        foreach (var entry in book.Wanting(known.Source, known.Type, "main"))
        {
            if (Matching.Decide(entry.Live!, scope, now).Taken)
            {
                throw new UnreachableException("It says no.");
            }
        }
    }

    private static void Render(Recipe recipe)
    {
        var known = Known(Value.Parse(Body));
        var scope = known.Scope(Value.Null);
        var step = (ActionStep)recipe.Steps[0];
        if (!Matching.Decide(recipe, scope, Instant.FromDateTimeOffset(known.ReceivedAt)).Taken
            || step.With.EvaluateNow(scope, recipe.Zone).Value.ToUtf8Json().Length < 40)
        {
            throw new UnreachableException("It takes the event and makes both fields.");
        }
    }

    private static readonly Value Parsed = Value.Parse(Body);

    private static KnownEvent Known(Value body) => KnownEvent.Create(
        "evt_1", "msg_1", MatchBook.Source, MatchBook.Type, null, DateTimeOffset.UnixEpoch.AddYears(54), false, "main", body.IsMissingOrNull ? Parsed : body);

    // The middle of several stretches, in µs for one call.
    private static double Cost(Action act, TimeSpan stretch, int rounds)
    {
        _ = Stretch(act, stretch);
        var costs = Enumerable.Range(0, rounds).Select(_ => Stretch(act, stretch)).Order().ToList();
        return costs[costs.Count / 2];
    }

    private static double Stretch(Action act, TimeSpan stretch)
    {
        var began = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var calls = 0;
        while (clock.Elapsed < stretch)
        {
            for (var i = 0; i < 64; i++)
            {
                act();
            }

            calls += 64;
        }

        return (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / calls;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
