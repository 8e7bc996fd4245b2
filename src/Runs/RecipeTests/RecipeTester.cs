using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>What one test of a recipe came to. <paramref name="Problems"/> is empty where it passed; each names the line of the recipe.</summary>
public sealed record RecipeTestResult(string RecipeFile, string Name, IReadOnlyList<string> Problems)
{
    public bool Passed => Problems.Count == 0;
}

/// <summary>Runs the tests inside a recipe: the real path of a run, no store, no network.</summary>
public sealed class RecipeTester(ConnectorBook connectors, RunScripts scripts, Value shared, TimeProvider time)
{
    // Where run.url points in a test.
    private const string AdminUrl = "http://127.0.0.1:8081";

    /// <summary>Runs all tests of a recipe, in order.</summary>
    public async Task<IReadOnlyList<RecipeTestResult>> RunAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var results = new List<RecipeTestResult>(recipe.Tests.Count);
        foreach (var test in recipe.Tests)
        {
            results.Add(new RecipeTestResult(recipe.File, test.Name, await ProblemsAsync(recipe, test, cancellationToken).ConfigureAwait(false)));
        }

        return results;
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(Recipe recipe, RecipeTest test, CancellationToken cancellationToken)
    {
        var sample = recipe.When is ScheduleTrigger ? null : Sample.Find(connectors.All, test.Sample);
        if (sample is null && recipe.When is not ScheduleTrigger)
        {
            return [At(recipe, test.Line, $"there is no sample '{test.Sample}'. Samples are named source/event, such as {recipe.When.Source}/{recipe.When.Events[0]}.")];
        }

        var changed = Value.Map([new("event", sample?.Body ?? FiringEvent.Sample(((ScheduleTrigger)recipe.When).Schedule)), new("meta", Value.Map([]))]);
        foreach (var change in test.Changes)
        {
            // The scope is a map here, so the path's root is its first member.
            var (next, problem) = Sample.Change(changed, $"scope.{change.Path}", change.Value);
            if (problem is not null)
            {
                return [At(recipe, test.Line, problem.Replace("scope.", string.Empty, StringComparison.Ordinal))];
            }

            changed = next!;
        }

        var played = await PlayAsync(recipe, test, Known(sample, changed), cancellationToken).ConfigureAwait(false);
        string[] problems = [.. test.Expect.Select(expected => Judge(recipe, expected, played)).OfType<string>(), .. Unexpected(recipe, test, played)];
        return problems.Length == 0 ? [] : [.. problems, .. played.Log.Select(line => $"hub.log: {line}")];
    }

    /// <param name="sample">Null: a firing of the recipe's schedule.</param>
    private KnownEvent Known(Sample? sample, Value changed)
    {
        var meta = changed.Member("meta");
        var type = meta.Member("type") is { Kind: ValueKind.Text } named ? named.ToText() : sample?.Event.Name ?? ScheduleTrigger.EventName;
        var test = meta.Member("test").Equals(Value.True);
        var body = EventBody.WithoutMissingDates(changed.Member("event"), sample?.Source.MissingDates ?? MissingDates.None);
        return sample is null
            ? KnownEvent.Create("evt_test", null, ScheduleTrigger.SourceName, type, null, time.GetUtcNow(), test, ScheduleTrigger.SourceName, body)
            : KnownEvent.Create("evt_test", null, sample.Source.Name, type, null, time.GetUtcNow(), test, "test", body);
    }

    private async Task<PlayedTest> PlayAsync(Recipe recipe, RecipeTest test, KnownEvent known, CancellationToken cancellationToken)
    {
        var explanation = Matching.Explain(recipe, known.Scope(shared), Instant.FromDateTimeOffset(known.ReceivedAt));
        if (!explanation.Matches)
        {
            return new PlayedTest([], [], explanation.Lines.FirstOrDefault(line => line.Answer == "no")?.Sentence ?? explanation.Summary, explanation.Summary);
        }

        var row = new RunRow("run_test", known.Id, recipe.Id, recipe.Hash, 0, RunState.Running, true, 0, 0, 0, 0, false, 1, known.ReceivedAt, null, null, null, default, default, null, string.Empty);
        var walked = new List<Walked>();
        var told = new List<Walked>();
        var walk = new OfflineWalk(scripts, (name, _, _) => ValueTask.FromResult(test.Remembered.GetValueOrDefault(name, Value.Missing)), new PretendedTargets(connectors, test.Answers));
        var run = new ActiveRun(row, recipe, known, shared);
        var end = await walk.WalkAsync(run, known.ReceivedAt, walked, cancellationToken).ConfigureAwait(false);
        var telling = end.Error is { } error ? await walk.TellAsync(run, error, AdminUrl, told, cancellationToken).ConfigureAwait(false) : null;
        return new PlayedTest(walked, told, null, string.Empty) { End = end, Telling = telling, Log = run.Log };
    }

    private string? Judge(Recipe recipe, Expectation expected, PlayedTest played) => expected switch
    {
        Expectation.RunsAre runs when !runs.Ids.SequenceEqual(played.Ran)
            => At(recipe, expected.Line, $"expected the steps [{string.Join(", ", runs.Ids)}], but [{string.Join(", ", played.Ran)}] ran. {played.Summary}{played.Error}"),
        Expectation.NoticesAre notices when !notices.Ids.SequenceEqual(played.Told)
            => At(recipe, expected.Line, $"expected the notices [{string.Join(", ", notices.Ids)}], but {(played.End.Error is null ? "the run did not fail" : $"they are [{string.Join(", ", played.Told)}]")}. {played.Summary}"),
        Expectation.FailsAt fails when fails.Id != played.End.Error?.Step
            => At(recipe, expected.Line, $"expected the run to fail at '{fails.Id}', but {(played.Error is { } error ? $"this failed: {error}" : $"it did not fail. {played.Summary}")}"),
        Expectation.SkippedBy skipped when played.SkippedBy is null
            => At(recipe, expected.Line, $"expected the event to be skipped by \"{skipped.Sentence}\", but the recipe took it."),
        Expectation.SkippedBy skipped when !string.Equals(skipped.Sentence, played.SkippedBy, StringComparison.Ordinal)
            => At(recipe, expected.Line, $"expected the event to be skipped by \"{skipped.Sentence}\", but it was skipped by \"{played.SkippedBy}\"."),
        Expectation.StoppedBy stopped when !string.Equals(stopped.Reason, played.Stopped, StringComparison.Ordinal)
            => At(recipe, expected.Line, $"expected the run to be stopped by \"{stopped.Reason}\", but {(played.Stopped is null ? "it was not stopped" : $"it was stopped by \"{played.Stopped}\"")}. {played.Summary}{played.Error}"),
        Expectation.Holds holds => JudgeCondition(recipe, holds, played),
        _ => null,
    };

    private string? JudgeCondition(Recipe recipe, Expectation.Holds holds, PlayedTest played)
    {
        var scope = played.Scope(recipe, holds.Condition);
        var answer = holds.Condition.Explain(new ConditionContext(scope, recipe.Zone, Instant.FromDateTimeOffset(time.GetUtcNow())));
        var side = answer.Differs is var (expected, found) && !found.IsMissingOrNull ? $"\n{TextDifference.Show(expected.ToText(), found.ToText())}" : string.Empty;
        return answer.Holds ? null : At(recipe, holds.Line, $"expected: {holds.Text}. It does not hold: {answer.Found}. {played.Error}".TrimEnd() + side);
    }

    // A run that failed without any line expecting it must not pass unseen.
    private static IEnumerable<string> Unexpected(Recipe recipe, RecipeTest test, PlayedTest played)
    {
        if (played.Error is { } error && !test.Expect.Any(one => one is Expectation.FailsAt or Expectation.NoticesAre { Ids.Count: > 0 }))
        {
            var meant = played.End.Error!.Step == WalkEnd.OfLet ? string.Empty : $" Where it is meant to, write: fails at {played.End.Error.Step}";
            yield return At(recipe, test.Line, $"the run failed: {error.TrimEnd('.')}.{meant}");
        }

        if (played.Telling?.Problem is { } problem)
        {
            yield return At(recipe, test.Line, $"'on_error' failed: {problem}");
        }

        if (played.SkippedBy is null)
        {
            foreach (var (id, answers) in test.Answers.Where(one => one.Value.PerItem && played.Times(one.Key) < one.Value.All.Count))
            {
                yield return At(recipe, answers.Line, $"there are {answers.All.Count} answers for '{id}', and {played.Times(id)} of its items are done. There is one for each that is done, in order.");
            }
        }
    }

    private static string At(Recipe recipe, int line, string message) => $"{recipe.File}({line}): {message.TrimEnd()}";
}
