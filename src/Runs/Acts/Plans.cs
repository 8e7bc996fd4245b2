using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs.Store;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ConnectorHub.Runs.Acts;

/// <summary>A replay that is asked for, for later.</summary>
/// <param name="At">Once, then; null where <paramref name="Cron"/> says when.</param>
/// <param name="Cron">Five fields; null: once.</param>
/// <param name="Zone">Whose clock counts for <paramref name="Cron"/>; null: the hub's, or UTC.</param>
public sealed record PlanWish(RunFilter Filter, ReplayWish How, double? PerSecond, DateTimeOffset? At, string? Cron, string? Zone);

/// <summary>What is to be different about a plan; what is null stays.</summary>
/// <param name="At">Once, then, in place of its cron.</param>
/// <param name="Cron">Again and again, in place of its one time.</param>
/// <param name="PerSecond">0: as fast as their connections allow.</param>
public sealed record PlanChange(DateTimeOffset? At = null, string? Cron = null, double? PerSecond = null, string? Zone = null);

/// <summary>Replays for later: kept in the store, asked each second. Which runs fit is asked when the time has come.</summary>
public sealed class Plans(IHubStore store, RunActs acts, IIdSource ids, RunsOptions options, TimeProvider time, ILogger<Plans> logger)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HashSet<string> _under = new(StringComparer.Ordinal);

    /// <summary>Keeps a plan. Answers it, or why it cannot be.</summary>
    public async Task<(PlanRow? Plan, string? Problem)> AddAsync(PlanWish wish, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var zone = wish.Zone ?? options.Zone;
        var (next, problem) = wish.Cron is { } cron ? Next(cron, zone, now) : (wish.At, wish.At is null ? "Say when: a time, or a cron of five fields." : null);
        if (problem is not null)
        {
            return (null, problem);
        }

        var plan = new PlanRow(
            ids.Next("plan_"), JsonSerializer.Serialize(wish.Filter, Json), JsonSerializer.Serialize(wish.How, Json), wish.PerSecond, wish.Cron ?? string.Empty, zone,
            actor.Who, actor.Why, now, false, next, null, null, string.Empty);
        await store.KeepPlanAsync(plan, Entry("plan", plan.Id, actor, $"{wish.How.Words}; {When(plan)}"), cancellationToken).ConfigureAwait(false);
        return (plan, null);
    }

    /// <summary>Holds a plan up, or lets it go on; null where there is none. What fell due meanwhile is let go.</summary>
    public async Task<PlanRow?> PauseAsync(string id, bool paused, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } plan)
        {
            return null;
        }

        if (plan.Paused == paused)
        {
            return plan;
        }

        var now = time.GetUtcNow();
        var next = plan.NextAt;
        if (!paused && plan.Cron.Length > 0 && plan.NextAt < now)
        {
            next = Next(plan.Cron, plan.Zone, now).At;
            await store.CountMissedAsync(id, new MissedCount(MissedBy(plan, now), 0, now), cancellationToken).ConfigureAwait(false);
        }

        plan = plan with { Paused = paused, NextAt = next };
        await store.KeepPlanAsync(plan, Entry(paused ? "pause" : "resume", id, actor, string.Empty), cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <summary>Gives a plan other times or another rate. Answers it, or why it cannot be; neither where there is none.</summary>
    public async Task<(PlanRow? Plan, string? Problem)> ChangeAsync(string id, PlanChange change, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } before)
        {
            return (null, null);
        }

        var cron = change.At is not null ? string.Empty : change.Cron ?? before.Cron;
        var zone = change.Zone ?? before.Zone;
        var (next, problem) = (change.At ?? before.NextAt, Flaw(change, id, cron));
        if (problem is null && cron.Length > 0 && (change.Cron is not null || change.Zone is not null))
        {
            (next, problem) = Next(cron, zone, time.GetUtcNow());
        }

        if (problem is not null)
        {
            return (null, problem);
        }

        var plan = before with { Cron = cron, Zone = zone, NextAt = next, PerSecond = change.PerSecond is 0 ? null : change.PerSecond ?? before.PerSecond };
        if (plan != before)
        {
            await store.KeepPlanAsync(plan, Entry("change", id, actor, $"{When(before)}{Rate(before)}, now {When(plan)}{Rate(plan)}"), cancellationToken).ConfigureAwait(false);
        }

        return (plan, null);
    }

    /// <summary>Does it now, once more; its own times stay as they are. Null where there is none.</summary>
    public async Task<ManyAnswer?> RunAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } plan ? await ReplayAsync(plan, actor, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Removes a plan; false where there is none.</summary>
    public Task<bool> DropAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        store.DropPlanAsync(id, Entry("remove", id, actor, string.Empty), cancellationToken);

    /// <summary>Fires what is due, and what a process that ended has left half done. One caller at a time.</summary>
    public async Task FireDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            foreach (var plan in await store.PlansAsync(cancellationToken).ConfigureAwait(false))
            {
                if (plan.FiringAt is { } half && !_under.Contains(plan.Id))
                {
                    await FireAsync(plan, half, cancellationToken).ConfigureAwait(false);
                }
                else if (plan is { Paused: false, NextAt: { } due, FiringAt: null } && due <= now)
                {
                    // What was missed while no gateway ran is made up for once.
                    var next = plan.Cron.Length > 0 ? Next(plan.Cron, plan.Zone, now).At : null;
                    if (await store.BeginFiringAsync(plan.Id, due, next, cancellationToken).ConfigureAwait(false))
                    {
                        if (MissedBy(plan, now) is var missed and > 0)
                        {
                            await store.CountMissedAsync(plan.Id, new MissedCount(missed, 1, now), cancellationToken).ConfigureAwait(false);
                        }

                        await FireAsync(plan, due, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (StoreUnavailableException exception)
        {
            Log.StoreUnavailable(logger, exception);
        }
    }

    /// <summary>When it comes, in words.</summary>
    public static string When(PlanRow plan) => plan.Cron.Length > 0 ? $"cron {plan.Cron} {plan.Zone}" : $"once at {plan.NextAt ?? plan.LastAt:yyyy-MM-dd HH:mm:ssZ}";

    /// <summary>Which runs it means.</summary>
    public static RunFilter FilterOf(PlanRow plan) => JsonSerializer.Deserialize<RunFilter>(plan.Filter, Json)!;

    /// <summary>How it replays them.</summary>
    public static ReplayWish HowOf(PlanRow plan) => JsonSerializer.Deserialize<ReplayWish>(plan.How, Json)!;

    private async Task FireAsync(PlanRow plan, DateTimeOffset due, CancellationToken cancellationToken)
    {
        _under.Add(plan.Id);
        try
        {
            var answer = await ReplayAsync(plan, new Actor(plan.Who, plan.Why), cancellationToken).ConfigureAwait(false);
            var result = $"{answer.Done} of {answer.Found} runs went on{(answer.Problems.Count > 0 ? $"; {answer.Problems[0].Problem}" : string.Empty)}";
            await store.EndFiringAsync(plan.Id, due, result, Entry("fire", plan.Id, new Actor(plan.Who, plan.Why), $"due {due:yyyy-MM-dd HH:mm:ssZ}: {result}"), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _under.Remove(plan.Id);
        }
    }

    private Task<ManyAnswer> ReplayAsync(PlanRow plan, Actor actor, CancellationToken cancellationToken) =>
        acts.ReplayManyAsync(FilterOf(plan), HowOf(plan), actor, plan.PerSecond is null ? null : time.GetUtcNow(), plan.PerSecond, cancellationToken);

    private async Task<PlanRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await store.PlansAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(plan => plan.Id == id);

    private static string? Flaw(PlanChange change, string id, string cron) => change switch
    {
        { At: null, Cron: null, PerSecond: null, Zone: null } => "Say what is to be different: a time, a cron, a zone or a rate.",
        { At: not null, Cron: not null } => "A plan comes once or by a cron: say one of both.",
        { PerSecond: < 0 or > 1000 } => $"The rate is {change.PerSecond}. Write a number up to 1000; 0 is as fast as connections allow.",
        { Zone: not null } when cron.Length == 0 => $"{id} comes once, at a moment that is the same in every zone.",
        _ => null,
    };

    private static string Rate(PlanRow plan) => plan.PerSecond is { } rate ? FormattableString.Invariant($", {rate} a second") : string.Empty;

    // How many of its times have passed that nobody was there for.
    private static int MissedBy(PlanRow plan, DateTimeOffset now)
    {
        var late = Instant.FromDateTimeOffset(now) - DueFirings.OnTime;
        var first = plan.NextAt is { } due ? Instant.FromDateTimeOffset(due) : late;
        if (first >= late)
        {
            return 0;
        }

        return plan.Cron.Length == 0 || Times(plan.Cron, plan.Zone).Schedule is not { } schedule ? 1 : 1 + schedule.After(first).TakeWhile(moment => moment < late).Count();
    }

    private static (DateTimeOffset? At, string? Problem) Next(string cron, string zone, DateTimeOffset now)
    {
        var (schedule, problem) = Times(cron, zone);
        return schedule is null ? (null, problem)
            : schedule.Next(Instant.FromDateTimeOffset(now)) is { } next ? (next.ToDateTimeOffset(), null)
            : (null, $"'{cron}' never comes.");
    }

    private static (Schedule? Schedule, string? Problem) Times(string cron, string zone)
    {
        var (times, problem) = CronTimes.Parse(cron);
        if (times is null)
        {
            return (null, $"'{cron}' is no cron: {problem!.Message}");
        }

        var here = zone.Length == 0 ? DateTimeZone.Utc : HubZone.Find(zone);
        return here is null ? (null, $"'{zone}' is no time zone. Write a name such as Europe/Paris.")
            : (new Schedule.Cron(times, here, MissedFirings.Last), null);
    }

    private AuditEntry Entry(string act, string target, Actor actor, string detail) => new(ids.Next("act_"), time.GetUtcNow(), actor.Who, act, target, actor.Why, detail);
}
