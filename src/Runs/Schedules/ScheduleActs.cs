using ConnectorHub.Runs.Acts;

namespace ConnectorHub.Runs.Schedules;

/// <summary>What became of an act on a schedule. Closed.</summary>
public abstract record ScheduleAnswer
{
    private ScheduleAnswer()
    {
    }

    /// <param name="View">As it stands now; its note says what else is to be known.</param>
    public sealed record Done(ScheduleView View) : ScheduleAnswer;

    /// <summary>It was not done: why, and what can be done instead.</summary>
    public sealed record Refused(string Problem) : ScheduleAnswer;

    /// <summary>There is no such schedule.</summary>
    public sealed record Unknown : ScheduleAnswer;
}

/// <summary>What a person does with what happens by the clock. Each act is audited; done twice it is done once.</summary>
public sealed class ScheduleActs(ScheduleList list, RecipeSchedules own, Plans plans, IStandingJobs jobs, ScheduleHolds holds)
{
    /// <summary>Does it now, once more; its own times stay as they are.</summary>
    public async Task<ScheduleAnswer> RunAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        string note;
        if (await plans.RunAsync(id, actor, cancellationToken).ConfigureAwait(false) is { } many)
        {
            note = $"{many.Done} of {many.Found} runs go on";
        }
        else if (await own.FireAsync(id, cancellationToken).ConfigureAwait(false))
        {
            note = "its recipe is asked now";
        }
        else if (NameOf(id) is { } name && await jobs.RunAsync(name, cancellationToken).ConfigureAwait(false))
        {
            note = "it is done now";
        }
        else
        {
            return Missing(id);
        }

        await holds.NoteAsync("run now", id, actor, cancellationToken).ConfigureAwait(false);
        return await DoneAsync(id, note, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Holds it up, also across a restart, until a person lets it go on.</summary>
    public async Task<ScheduleAnswer> PauseAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (await plans.PauseAsync(id, true, actor, cancellationToken).ConfigureAwait(false) is not null)
        {
            return await DoneAsync(id, string.Empty, cancellationToken).ConfigureAwait(false);
        }

        if (own.PlaceOf(id) is not null)
        {
            await holds.HoldAsync(id, actor, cancellationToken).ConfigureAwait(false);
            return await DoneAsync(id, "what falls due meanwhile is missed; 'missed' in the recipe says what becomes of it when it goes on", cancellationToken).ConfigureAwait(false);
        }

        if (await JobAsync(id, cancellationToken).ConfigureAwait(false) is not { } job)
        {
            return Missing(id);
        }

        if (job.CannotPause is { } why)
        {
            return new ScheduleAnswer.Refused($"{id} cannot be paused: {why}.");
        }

        await holds.HoldAsync(id, actor, cancellationToken).ConfigureAwait(false);
        return await DoneAsync(id, job.IfPaused, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets it go on; where it is not held up, it stays as it is.</summary>
    public async Task<ScheduleAnswer> ResumeAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (await plans.PauseAsync(id, false, actor, cancellationToken).ConfigureAwait(false) is null
            && !await holds.LetGoAsync(id, actor, cancellationToken).ConfigureAwait(false)
            && await list.FindAsync(id, cancellationToken).ConfigureAwait(false) is null)
        {
            return Missing(id);
        }

        return await DoneAsync(id, string.Empty, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a plan other times or another rate.</summary>
    public async Task<ScheduleAnswer> ChangeAsync(string id, PlanChange change, Actor actor, CancellationToken cancellationToken)
    {
        var (plan, problem) = await plans.ChangeAsync(id, change, actor, cancellationToken).ConfigureAwait(false);
        if (plan is not null)
        {
            return await DoneAsync(id, string.Empty, cancellationToken).ConfigureAwait(false);
        }

        return problem is not null ? new ScheduleAnswer.Refused(problem)
            : own.PlaceOf(id) is { } place ? new ScheduleAnswer.Refused($"The schedule of '{id}' is in its file: change 'when' in {place.File}({place.Line}). The hub takes it up by itself.")
            : await JobAsync(id, cancellationToken).ConfigureAwait(false) is { } job ? new ScheduleAnswer.Refused($"{id} is the hub's own and comes {job.When}; that cannot be changed. Do it now with: connectorhub schedules run {id}")
            : Missing(id);
    }

    /// <summary>Removes a plan; false where there is none.</summary>
    public Task<bool> RemoveAsync(string id, Actor actor, CancellationToken cancellationToken) => plans.DropAsync(id, actor, cancellationToken);

    private static string? NameOf(string id) => id.StartsWith(StandingJob.Prefix, StringComparison.Ordinal) ? id[StandingJob.Prefix.Length..] : null;

    private async Task<StandingJob?> JobAsync(string id, CancellationToken cancellationToken) =>
        NameOf(id) is null ? null : (await jobs.AllAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(job => job.Id == id);

    private ScheduleAnswer Missing(string id) => NameOf(id) is not null && jobs.Node is null ? new ScheduleAnswer.Refused("No gateway is running, so there are no jobs of its own. Start it first.")
        : own.Knows(id) ? new ScheduleAnswer.Refused($"Recipe '{id}' has no schedule, or is off. To hold its runs up: connectorhub pause recipe {id} --why \"…\"")
        : new ScheduleAnswer.Unknown();

    private async Task<ScheduleAnswer> DoneAsync(string id, string note, CancellationToken cancellationToken) =>
        await list.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } view ? new ScheduleAnswer.Done(view with { Note = note }) : new ScheduleAnswer.Unknown();
}
