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
        return [.. test.Expect.Select(expected => Judge(recipe, expected, played)).OfType<string>(), .. Unexpected(recipe, test, played)];
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

    private async Task<Played> PlayAsync(Recipe recipe, RecipeTest test, KnownEvent known, CancellationToken cancellationToken)
    {
        var explanation = Matching.Explain(recipe, known.Scope(shared), Instant.FromDateTimeOffset(known.ReceivedAt));
        if (!explanation.Matches)
        {
            return new Played([], explanation.Lines.FirstOrDefault(line => line.Answer == "no")?.Sentence, explanation.Summary, null);
        }

        var row = new RunRow("run_test", known.Id, recipe.Id, recipe.Hash, 0, RunState.Running, true, 0, 0, 0, 0, false, 1, known.ReceivedAt, null, null, null, default, default, null, string.Empty);
        var walked = new List<WalkedAction>();
        var walk = new OfflineWalk(connectors, scripts, (name, _, _) => ValueTask.FromResult(test.Remembered.GetValueOrDefault(name, Value.Missing)), test.Answers);
        var end = await walk.WalkAsync(new ActiveRun(row, recipe, known, shared), walked, cancellationToken).ConfigureAwait(false);
        var inputs = walked.Where(action => action.Input is not null).GroupBy(action => action.Step).Select(Inputs).ToList();
        return new Played(inputs, null, string.Empty, end.Problem) { Stopped = end.Stopped?[ActiveRun.Stopped.Length..] };
    }

    // Those of a step with items are a list.
    private static KeyValuePair<string, Value> Inputs(IGrouping<ActionStep, WalkedAction> actions)
    {
        var inputs = actions.Select(action => Value.FromJson(action.Input!.Value)).ToList();
        return new(actions.Key.Id, actions.Key.ForEach is null ? inputs[0] : Value.List(inputs));
    }

    private string? Judge(Recipe recipe, Expectation expected, Played played) => expected switch
    {
        Expectation.RunsAre runs when !runs.Ids.SequenceEqual(played.Inputs.Select(input => input.Key))
            => At(recipe, expected.Line, $"expected the steps [{string.Join(", ", runs.Ids)}], but [{string.Join(", ", played.Inputs.Select(i => i.Key))}] ran. {played.Summary}{played.Error}"),
        Expectation.SkippedBy skipped when played.SkippedBy is null
            => At(recipe, expected.Line, $"expected the event to be skipped by \"{skipped.Sentence}\", but the recipe took it."),
        Expectation.SkippedBy skipped when !string.Equals(skipped.Sentence, played.SkippedBy, StringComparison.Ordinal)
            => At(recipe, expected.Line, $"expected the event to be skipped by \"{skipped.Sentence}\", but it was skipped by \"{played.SkippedBy}\"."),
        Expectation.StoppedBy stopped when !string.Equals(stopped.Reason, played.Stopped, StringComparison.Ordinal)
            => At(recipe, expected.Line, $"expected the run to be stopped by \"{stopped.Reason}\", but {(played.Stopped is null ? "it was not stopped" : $"it was stopped by \"{played.Stopped}\"")}. {played.Summary}{played.Error}"),
        Expectation.Holds holds => JudgeCondition(recipe, holds, played),
        _ => null,
    };

    private string? JudgeCondition(Recipe recipe, Expectation.Holds holds, Played played)
    {
        var scope = new Scope();
        foreach (var input in played.Inputs)
        {
            scope.Set(input.Key, input.Value);
        }

        var answer = holds.Condition.Explain(new ConditionContext(scope, recipe.Zone, Instant.FromDateTimeOffset(time.GetUtcNow())));
        var side = answer.Differs is var (expected, found) && !found.IsMissingOrNull ? $"\n{TextDifference.Show(expected.ToText(), found.ToText())}" : string.Empty;
        return answer.Holds ? null : At(recipe, holds.Line, $"expected: {holds.Text}. It does not hold: {answer.Found}. {played.Error}".TrimEnd() + side);
    }

    // A run that failed without any line expecting it must not pass unseen.
    private static IEnumerable<string> Unexpected(Recipe recipe, RecipeTest test, Played played)
    {
        if (played.Error is { } error)
        {
            yield return At(recipe, test.Line, $"the run failed: {error}");
        }
    }

    private static string At(Recipe recipe, int line, string message) => $"{recipe.File}({line}): {message}";

    /// <param name="Inputs">The steps that ran, in order, each with its rendered input.</param>
    private sealed record Played(IReadOnlyList<KeyValuePair<string, Value>> Inputs, string? SkippedBy, string Summary, string? Error)
    {
        /// <summary>The reason of the stop that ended the run.</summary>
        public string? Stopped { get; init; }
    }
}
