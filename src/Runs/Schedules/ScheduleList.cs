using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.Schedules;

/// <summary>Something that happens by the clock.</summary>
/// <param name="Id">A recipe's id, a plan's, or <c>hub:…</c>.</param>
/// <param name="Kind"><c>recipe</c>, <c>plan</c>, or <c>hub</c> for what the hub does for itself.</param>
/// <param name="When">Its cron or step with its zone, or the one time.</param>
/// <param name="Does">In a sentence.</param>
/// <param name="State">live, rehearse, its runs wait, paused, firing, over.</param>
/// <param name="Missed">What becomes of firings that nobody was there for.</param>
/// <param name="Last">The last moment it was due and fired; null where it never did.</param>
/// <param name="Next">Null where it does not come any more, or is held up.</param>
/// <param name="Result">What the last firing came to, where that is known here.</param>
public sealed record ScheduleView(
    string Id, string Kind, string When, string Does, string State, string Missed, DateTimeOffset? Last, DateTimeOffset? Next, string Result)
{
    /// <summary>The machine and process that fires it; empty where no gateway runs.</summary>
    public string Owner { get; init; } = string.Empty;

    /// <summary>Who holds it up; null where nobody does.</summary>
    public ScheduleHold? Hold { get; init; }

    /// <summary>Firings that nobody was there for in time; null where there were none.</summary>
    public MissedCount? Misfires { get; init; }

    /// <summary>After an act: what else is to be known.</summary>
    public string Note { get; init; } = string.Empty;
}

/// <summary>All that happens by the clock: what people made, the next first; then what the hub does for itself.</summary>
public sealed class ScheduleList(RecipeSchedules own, IStandingJobs jobs, IHubStore store, TimeProvider time)
{
    private const string Paused = "paused";

    public async Task<IReadOnlyList<ScheduleView>> AllAsync(CancellationToken cancellationToken)
    {
        var rows = (await store.SchedulesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        var paused = await store.PausesAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var made = (await own.AllAsync(paused, cancellationToken).ConfigureAwait(false))
            .Concat((await store.PlansAsync(cancellationToken).ConfigureAwait(false)).Select(View))
            .Select(view => With(view, rows.GetValueOrDefault(view.Id)))
            .OrderBy(view => view.Next is null).ThenBy(view => view.Next).ThenBy(view => view.Id, StringComparer.Ordinal);
        var standing = (await jobs.AllAsync(cancellationToken).ConfigureAwait(false)).Select(job => With(View(job), rows.GetValueOrDefault(job.Id)));
        return [.. made, .. standing];
    }

    /// <summary>One of them; null where there is none of that id.</summary>
    public async Task<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(view => view.Id == id);

    /// <summary>A plan as it stands.</summary>
    public static ScheduleView View(PlanRow plan) => new(
        plan.Id,
        "plan",
        Plans.When(plan),
        Does(Plans.FilterOf(plan), Plans.HowOf(plan), plan.PerSecond),
        plan.FiringAt is not null ? "firing" : plan.NextAt is null ? "over" : plan.Paused ? Paused : "live",
        "last",
        plan.LastAt,
        plan.Paused ? null : plan.NextAt,
        plan.Result);

    private ScheduleView View(StandingJob job) => new(job.Id, "hub", job.When, job.About, "live", "last", job.Last, job.Next, string.Empty)
    {
        Misfires = job.Misfires > 0 ? new MissedCount(job.Misfires, job.Misfires, job.Last ?? time.GetUtcNow()) : null,
    };

    private ScheduleView With(ScheduleView view, ScheduleRow? row)
    {
        view = view with { Owner = jobs.Node ?? string.Empty, Last = row?.LastAt ?? view.Last, Misfires = row?.Missed ?? view.Misfires };
        return row?.Hold is { } hold ? view with { State = Paused, Hold = hold, Next = null } : view;
    }

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Does(RunFilter filter, ReplayWish how, double? perSecond)
    {
        var parts = new List<string>();
        Add("of recipe", filter.RecipeId);
        Add("of source", filter.Source);
        Add("stopped by connection", filter.Connection);
        Add("at step", filter.Step);
        Add("with code", filter.Code);
        Add("with text", filter.Text);
        Add("stopped since", Moment(filter.Since));
        Add("stopped before", Moment(filter.Until));
        var rate = perSecond is { } limit ? FormattableString.Invariant($", at most {limit} in a second") : string.Empty;
        return $"Replays dead letters{(parts.Count == 0 ? string.Empty : " " + string.Join(", ", parts))}: {how.Words}{rate}.";

        void Add(string word, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{word} {value}");
            }
        }
    }
}
