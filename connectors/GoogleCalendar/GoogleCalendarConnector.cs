using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>Google Calendar, as a service account or in a person's name.</summary>
internal sealed class GoogleCalendarConnector : IConnector
{
    // Needs no calendar of its own name: "primary" is whoever is signed in.
    private const string Own = "calendars/primary/events?maxResults=1&fields=summary,timeZone";

    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(GoogleCalendarConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } =
        [new CreateEvent(), new UpsertEvent(), new FindEvent(), new UpdateEvent(), new CancelEvent(), new InviteAttendees(), new RemoveAttendees()];

    public IReadOnlyList<IEventSource> Sources { get; } = [];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        await (await GoogleSession.OpenAsync(context, CalendarSession.Scope, cancellationToken)).End(
            google => AskAsync(google, cancellationToken),
            stopped => Task.FromResult(stopped.Outcome));

    private static async Task<StepOutcome> AskAsync(GoogleSession google, CancellationToken cancellationToken)
    {
        var sample = new Identity("connectorhub@acme.iam.gserviceaccount.com", "Europe/Paris");
        var reply = await google.AskAsync(
            google.Read(Own),
            json => UntrustedJson.Text(json, "summary") is { } summary ? new Identity(summary, UntrustedJson.Text(json, "timeZone")) : null,
            sample,
            cancellationToken,
            // Signed in, and the account has no calendar of its own: it can still use those shared with it.
            error => error.Status == 404 ? new Identity(google.Account, null) : null);
        return reply.End<StepOutcome>(identity => new StepOutcome.Done(OutputJson.Of(identity)), stopped => stopped.Outcome);
    }

    private sealed record Identity(string Account, string? TimeZone);
}
