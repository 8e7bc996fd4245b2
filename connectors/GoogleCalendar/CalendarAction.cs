using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>An input that names a calendar.</summary>
internal interface IOnCalendar
{
    /// <summary>The calendar's id.</summary>
    string Calendar { get; }
}

/// <summary>An action on one calendar: its input is looked at first, then the attempt signs in.</summary>
internal abstract class CalendarAction<TInput, TOutput> : ConnectorAction<TInput, TOutput>
    where TInput : class, IOnCalendar
    where TOutput : class
{
    protected sealed override async Task<StepOutcome> ExecuteAsync(TInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if ((CalendarIds.FindCalendarFlaw(input.Calendar) ?? FindFlaw(input)) is { } flaw)
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}");
        }

        var opened = await OpenAsync(input, context, cancellationToken);
        return await ThenAsync(opened, calendar => ExecuteAsync(input, calendar, cancellationToken));
    }

    /// <summary>What the kinds of the fields do not say and is wrong, or null.</summary>
    protected abstract string? FindFlaw(TInput input);

    /// <summary>Makes the attempt.</summary>
    protected abstract Task<StepOutcome> ExecuteAsync(TInput input, CalendarSession calendar, CancellationToken cancellationToken);

    /// <summary>Signs in.</summary>
    protected async Task<GoogleReply<CalendarSession>> OpenAsync(TInput input, ActionContext context, CancellationToken cancellationToken) =>
        (await GoogleSession.OpenAsync(context, CalendarSession.Scope, cancellationToken)).End<GoogleReply<CalendarSession>>(
            google => new GoogleReply<CalendarSession>.Got(new CalendarSession(google, context, input.Calendar, Sample)),
            stopped => new GoogleReply<CalendarSession>.Stopped(stopped.Outcome));

    /// <summary>Goes on with what was got, or ends where it ended.</summary>
    protected static Task<StepOutcome> ThenAsync<T>(GoogleReply<T> reply, Func<T, Task<StepOutcome>> next) =>
        reply.End(next, stopped => Task.FromResult(stopped.Outcome));

    /// <summary>Ends with what was got, or where it ended.</summary>
    protected static StepOutcome Then<T>(GoogleReply<T> reply, Func<T, StepOutcome> last) => reply.End(last, stopped => stopped.Outcome);
}
