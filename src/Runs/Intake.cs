using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ConnectorHub.Runs;

/// <summary>An event on its way into the store, and as its runs will see it.</summary>
public sealed record Arrival(IncomingEvent Event, KnownEvent Known)
{
    /// <summary>Its delivery's span, which ends when it is stored; null where it is not traced.</summary>
    internal System.Diagnostics.Activity? Span { get; init; }
}

/// <summary>Which recipes want an event, and the runs to open. In memory, no script, no I/O.</summary>
public sealed class Intake(IRecipes recipes, IConnections connections, LearnBook lessons, IIdSource ids, ILogger<Intake> logger)
{
    /// <summary>Matches one event; false with a reason for a person where its body is not JSON.</summary>
    /// <param name="index">Its place in the delivery.</param>
    public bool TryPrepare(
        Hook hook,
        WebhookRequest request,
        ReadEvent read,
        int index,
        DateTimeOffset now,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Arrival? arrival,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        (arrival, problem) = (null, null);
        Value body;
        try
        {
            body = EventBody.WithoutMissingDates(Value.Parse(read.Data), hook.Source.MissingDates);
        }
        catch (JsonException exception)
        {
            problem = $"The body is not JSON: {exception.Message}";
            return false;
        }

        var id = ids.Next("evt_");
        var key = hook.Settings.Dedupe is { } rule ? rule.KeyOf(request, read, body, index) : read.Dedupe;
        var known = KnownEvent.Create(id, key?.Value, hook.Source.Name, read.Type, read.Time, now, read.Test, hook.Name, body);
        var decisions = new List<Decision>();
        var runs = new List<PlannedRun>();
        Match(hook, known, decisions, runs);
        arrival = new Arrival(
            new IncomingEvent(id, hook.Source.Name, read.Type, key?.Value, now + (key?.Window ?? TimeSpan.Zero), read.Time, read.Subject, read.Test, read.Data, decisions, runs),
            known);
        return true;
    }

    /// <summary>A firing of a recipe's schedule as an event: only that recipe is asked.</summary>
    public Arrival PrepareFiring(Firing firing, BookEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(firing);
        ArgumentNullException.ThrowIfNull(entry);
        var id = ids.Next("evt_");
        var known = KnownEvent.Create(id, firing.Key, ScheduleTrigger.SourceName, ScheduleTrigger.EventName, firing.At, now, false, firing.Connection, firing.Body);
        var decisions = new List<Decision>();
        var runs = new List<PlannedRun>();
        Match([entry], false, known, decisions, runs);
        var incoming = new IncomingEvent(
            id, known.Source, known.Type, firing.Key, now + Firing.Remembered, firing.At, firing.Schedule.Text, false, firing.Body.ToUtf8Json(), decisions, runs);
        return new Arrival(incoming, known);
    }

    /// <summary>Asks a recipe about an event that is stored already. The run is null where the recipe does not want it, or cannot tell.</summary>
    /// <param name="keyFrom">From when the time of its <c>once_per</c> key counts.</param>
    public (Decision Decision, PlannedRun? Run) AskAgain(BookEntry entry, KnownEvent known, bool rehearsal, DateTimeOffset keyFrom)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(known);
        var decisions = new List<Decision>();
        var runs = new List<PlannedRun>();
        Match([entry], rehearsal, known, decisions, runs);
        return runs is [{ Error: null } run]
            ? (decisions[0], run with { OncePerUntil = entry.Live!.OncePer?.Within is { } within ? keyFrom + within : null })
            : (decisions[0], null);
    }

    /// <summary>Something the hub tells of itself as an event.</summary>
    public Arrival PrepareBulletin(Bulletin bulletin, Value body, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(bulletin);
        ArgumentNullException.ThrowIfNull(body);
        var id = ids.Next("evt_");
        var hook = $"{HubSource.SourceName}/{bulletin.Type}";
        var known = KnownEvent.Create(id, bulletin.Key, HubSource.SourceName, bulletin.Type, now, now, false, hook, body);
        var decisions = new List<Decision>();
        var runs = new List<PlannedRun>();
        Match(recipes.Book.Wanting(known.Source, known.Type, HubSource.SourceName), false, known, decisions, runs);
        var incoming = new IncomingEvent(
            id, known.Source, known.Type, bulletin.Key, now + BulletinIntake.Remembered, now, body.Member("title").ToText(), false, body.ToUtf8Json(), decisions, runs);
        return new Arrival(incoming, known);
    }

    private void Match(Hook hook, KnownEvent known, List<Decision> decisions, List<PlannedRun> runs)
    {
        if (lessons.TryTake(hook.Name))
        {
            decisions.AddRange(recipes.Book.Wanting(known.Source, known.Type, hook.Connection.Name).Select(NotAsked));
            return;
        }

        Match(recipes.Book.Wanting(known.Source, known.Type, hook.Connection.Name), known.Test && hook.Settings.RehearseTests, known, decisions, runs);
    }

    private void Match(IReadOnlyList<BookEntry> entries, bool rehearsal, KnownEvent known, List<Decision> decisions, List<PlannedRun> runs)
    {
        var scope = known.Scope(recipes.Shared);
        var now = Instant.FromDateTimeOffset(known.ReceivedAt);
        foreach (var entry in entries)
        {
            if (entry.Live is not { } recipe)
            {
                var line = entry.Findings.Count > 0 ? entry.Findings[0].Line : 0;
                decisions.Add(new Decision(entry.Id, string.Empty, DecisionVerdict.RecipeBroken, line, "the file has errors and no version of it ever worked; see 'check'"));
                continue;
            }

            try
            {
                Decide(rehearsal, known, recipe, scope, now, decisions, runs);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A fault of ours must cost neither the other recipes nor the 200.
                Log.MatchFaulted(logger, recipe.Id, known.Id, exception);
                var error = new RunError("when", RunCodes.MatchFault, $"Matching '{recipe.File}' failed by a fault of the gateway ({exception.GetType().Name}). Replay the run after an update.");
                decisions.Add(new Decision(recipe.Id, recipe.Hash, DecisionVerdict.MatchFailed, recipe.When.Line, error.Message));
                runs.Add(Plan(rehearsal, known, recipe, default, error));
            }
        }
    }

    private static Decision NotAsked(BookEntry entry) =>
        new(entry.Id, entry.Live?.Hash ?? string.Empty, DecisionVerdict.Learning, 0, "the hook was in learn mode, so recipes were not asked");

    private void Decide(bool rehearsal, KnownEvent known, Recipe recipe, Scope scope, Instant now, List<Decision> decisions, List<PlannedRun> runs)
    {
        var book = connections.Current;
        foreach (var step in recipe.Actions)
        {
            if (book.For(step) is null)
            {
                decisions.Add(new Decision(recipe.Id, recipe.Hash, DecisionVerdict.NotReady, step.Line, book.WhyNone(step)));
                return;
            }
        }

        var match = Matching.Decide(recipe, scope, now);
        if (match.Failed)
        {
            var error = new RunError("when", RunCodes.MatchValue, $"{recipe.File}({match.Line}): {match.Detail}");
            decisions.Add(new Decision(recipe.Id, recipe.Hash, DecisionVerdict.MatchFailed, match.Line, error.Message));
            runs.Add(Plan(rehearsal, known, recipe, default, error));
            return;
        }

        decisions.Add(new Decision(recipe.Id, recipe.Hash, match.Taken ? DecisionVerdict.Taken : DecisionVerdict.Skipped, match.Line, match.Detail));
        if (match.Taken)
        {
            runs.Add(Plan(rehearsal, known, recipe, match, null));
        }
    }

    private PlannedRun Plan(bool asked, KnownEvent known, Recipe recipe, MatchResult match, RunError? error)
    {
        var book = connections.Current;
        var rehearsal = asked || recipe.Mode == RecipeMode.Rehearse || book.AllRehearse(recipe.Actions);
        return new PlannedRun(
            ids.Next("run_"),
            recipe.Id,
            recipe.Hash,
            recipe.Text,
            rehearsal,
            match.OncePerKey,
            recipe.OncePer?.Within is { } within ? known.ReceivedAt + within : null,
            recipe.Steps is [ActionStep first, ..] ? book.For(first)?.Name : null,
            error)
        {
            OrderKey = match.OrderKey is { } key ? (rehearsal ? "rehearsal/" : "run/") + key : null,
            OrderStrict = recipe.OrderBy?.Strict ?? false,
        };
    }
}
