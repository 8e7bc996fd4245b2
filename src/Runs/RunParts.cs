using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>Where a step goes: its action and the connection it uses.</summary>
internal sealed record Target(IConnectorAction Action, ConnectorManifest Manifest, Connection Connection)
{
    /// <summary>The place within the connection, where the platform limits each by itself; null where it does not.</summary>
    public string? Destination(System.Text.Json.JsonElement input) => Manifest.DestinationRate is null ? null : Action.Destination(input);
}

/// <summary>An attempt under way. <see cref="Number"/> is null where nothing was begun.</summary>
internal sealed record Attempting(Target Target, int? Number)
{
    public string StepId { get; init; } = string.Empty;

    public System.Text.Json.JsonElement Input { get; init; }

    public string EffectKey { get; init; } = string.Empty;

    public bool Rehearsal { get; init; }

    /// <summary>True where its answer was lost and its effect was found by looking.</summary>
    public bool Found { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset Deadline { get; init; }

    /// <summary>Where its span is; null where nobody traces.</summary>
    public System.Diagnostics.ActivityContext? Trace { get; init; }

    public string CredentialVersion => Target.Connection.CredentialVersion;

    public Connection Connection => Target.Connection;
}

/// <summary>A claimed run, read. Closed.</summary>
internal abstract record OpenedRun
{
    private OpenedRun()
    {
    }

    public sealed record Ready(ActiveRun Run) : OpenedRun;

    public sealed record Unreadable(RunError Error) : OpenedRun;
}

/// <summary>What <see cref="EventPath"/> works with.</summary>
public sealed class RunParts
{
    private readonly IRecipes _recipes;
    private readonly IConnections _connections;
    private readonly ConnectorBook _connectors;
    private readonly RecipeVersions _versions;
    private readonly Random _random;
    private readonly IIdSource _ids;
    private readonly IRetryWindows _windows;

    public RunParts(IHubStore store, IRecipes recipes, Outside outside, RunScripts scripts, RunsOptions options, IIdSource ids, PauseBook pauses)
    {
        (Store, Scripts, Options, _recipes, _connections, _connectors) = (store, scripts, options, recipes, outside.Connections, outside.Connectors);
        (_random, Owner, _ids, _windows) = (outside.Random, outside.Owner, ids, outside.Windows);
        _versions = new RecipeVersions(recipes, store);
        Pauses = pauses;
        Made = new MadeThings(store, outside.Time);
        Attempts = new RunAttempts(store, outside, options);
        Calls = new Calls(Attempts, outside.Pacing, outside.Time);
        Recovery = new Recovery(store, Attempts, options, outside.Time);
    }

    internal IHubStore Store { get; }

    internal PauseBook Pauses { get; }

    internal RunScripts Scripts { get; }

    internal RunsOptions Options { get; }

    /// <summary>This process's name in leases.</summary>
    internal string Owner { get; }

    internal RunAttempts Attempts { get; }

    internal Calls Calls { get; }

    internal MadeThings Made { get; }

    internal Recovery Recovery { get; }

    /// <summary>Reads what a claimed run needs: its event and the recipe version it is pinned to.</summary>
    internal async ValueTask<OpenedRun> OpenAsync(RunRow row, KnownEvent? known, CancellationToken cancellationToken)
    {
        if (known is null)
        {
            if (await Store.FindEventAsync(row.EventId, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                return new OpenedRun.Unreadable(new RunError("when", RunCodes.EventGone, $"Event {row.EventId} is not in the store any more."));
            }

            known = KnownEvent.From(stored, _connectors);
        }

        if (await _versions.FindAsync(row.RecipeId, row.RecipeHash, cancellationToken).ConfigureAwait(false) is { } recipe)
        {
            var run = new ActiveRun(row, recipe, known, _recipes.Shared);
            if (run.ToldError is { } error)
            {
                run.TellCount(await Store.CountDeadLettersAsync(row.RecipeId, error, row.CreatedAt, cancellationToken).ConfigureAwait(false));
            }

            return new OpenedRun.Ready(run);
        }

        return new OpenedRun.Unreadable(new RunError("when", RunCodes.RecipeVersionGone, $"Version {row.RecipeHash[..Math.Min(12, row.RecipeHash.Length)]} of recipe '{row.RecipeId}' no longer loads with the connectors of this gateway. See 'check', then replay the run."));
    }

    /// <summary>The run that tells of a dead letter; null where nobody is to be told.</summary>
    internal NoticeRun? NoticeOf(ActiveRun run, RunError error) =>
        run.NoticeOf(_ids.Next("run_"), error, Options.AdminUrl.TrimEnd('/'), step => Target(step)?.Connection.Name);

    /// <summary>Where a step goes, or null where no connection fits.</summary>
    internal Target? Target(ActionStep step)
    {
        var action = _connectors.FindAction(step.Connector, step.Action);
        var connection = _connections.Current.For(step);
        return action is null || connection is null ? null : new Target(action, _connectors.Find(step.Connector)!.Manifest, connection);
    }

    /// <summary>When the connection's retry window opens, where a run has to wait for it now; else null.</summary>
    internal DateTimeOffset? ClosedUntil(ActiveRun run, Target target, DateTimeOffset now)
    {
        if (target.Connection.RetryWindow is not { } window || RunAttempts.Rehearses(run, target) || !(window.HoldsFirst || run.StepTries > 0 || run.ReplayedAt is not null))
        {
            return null;
        }

        var opens = _windows.NextOpen(target.Connection, now);
        return opens > now ? opens : null;
    }

    /// <summary>What a verdict needs to know.</summary>
    internal AttemptFacts Facts(ActiveRun run, string stepId, Attempting? attempt, DateTimeOffset now)
    {
        var step = run.CurrentAction;
        var version = attempt?.CredentialVersion;
        var changed = version is not null && _connections.Current.Find(attempt!.Connection.Name)?.CredentialVersion != version;
        return new AttemptFacts(
            stepId,
            run.StepTries,
            step?.Retry ?? run.Recipe.Retry ?? Options.Retry,
            now,
            attempt?.Number is null ? now : attempt.Deadline,
            run.CountsFrom + run.Recipe.Waits,
            changed,
            step is not null && step.Id == stepId && step.ContinueOnError && run.Item is null,
            _random.NextDouble())
        {
            NextOpen = attempt is { Rehearsal: false, Connection: { RetryWindow: not null } connection } ? at => _windows.NextOpen(connection, at) : null,
        };
    }
}

/// <summary>What lies outside this room: targets, time and chance.</summary>
/// <param name="Owner">This process's name in leases.</param>
public sealed record Outside(ConnectorBook Connectors, IConnections Connections, IOutbound Outbound, ConnectionMemory Memory, Pacing Pacing, TimeProvider Time, Random Random, string Owner)
{
    /// <summary>When retries may go out.</summary>
    public IRetryWindows Windows { get; init; } = new NoRetryWindows();
}
