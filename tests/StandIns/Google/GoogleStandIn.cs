using ConnectorHub.Tests.StandIns.Google.Calendars;
using ConnectorHub.Tests.StandIns.Google.Sheets;

namespace ConnectorHub.Tests.StandIns.Google;

/// <summary>Google: tokens at <c>token</c>, Sheets below <c>v4/</c>, Calendar below <c>calendar/v3/</c>.</summary>
internal sealed class GoogleStandIn : StandIn, IDisposable
{
    private readonly SheetsApi _sheets;
    private readonly CalendarApi _calendar;

    /// <param name="time">Its clock.</param>
    /// <param name="tell">Gets a line for every effect.</param>
    /// <param name="sheetsPerMinute">How many reads, and how many writes, one account gets of Sheets in a minute.</param>
    public GoogleStandIn(TimeProvider time, Action<string>? tell = null, int sheetsPerMinute = 60)
        : base("google", time, tell)
    {
        Tokens = new GoogleTokens(Account, time);
        _sheets = new SheetsApi(Spreadsheets, new SheetsQuota(time, sheetsPerMinute), Happened);
        _calendar = new CalendarApi(Calendars, time, Happened);
    }

    /// <summary>The service account that signs in.</summary>
    public ServiceAccount Account { get; } = new();

    public GoogleTokens Tokens { get; }

    public Dictionary<string, Spreadsheet> Spreadsheets { get; } = new(StringComparer.Ordinal);

    public CalendarStore Calendars { get; } = new();

    public void Dispose() => Account.Dispose();

    protected override Operation? Find(StandInRequest request) => request.Segments switch
    {
        ["token"] or ["calendar", "v3", "token"] when request.Method == "POST" => new Operation("token", () => Tokens.Give(request)),
        ["v4", "spreadsheets", ..] => _sheets.Find(request) is { } found ? SignedIn(found, request, newer: true, "spreadsheets", "drive", "drive.file") : null,
        ["calendar", "v3", ..] => _calendar.Find(request) is { } found ? SignedIn(found, request, newer: false, "calendar.events", "calendar") : null,
        _ => null,
    };

    protected override StandInReply Unknown(StandInRequest request) => request.Segments is ["calendar", ..]
        ? GoogleReply.Older(404, "notFound", "Not Found")
        : StandInReply.Page(404);

    protected override StandInReply Limited() => GoogleReply.Newer(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", "RATE_LIMIT_EXCEEDED");

    protected override StandInReply Revoked(Operation operation) => operation.Name == "token"
        ? GoogleReply.Token(400, "invalid_grant", "Token has been expired or revoked.")
        : GoogleReply.NotSignedIn(newer: !operation.Name.StartsWith("events.", StringComparison.Ordinal));

    private Operation SignedIn(GoogleOperation operation, StandInRequest request, bool newer, params string[] scopes) => new(
        operation.Name,
        () => Tokens.Find(request.Bearer) switch
        {
            null => GoogleReply.NotSignedIn(newer),
            var signIn when !signIn.Allows(scopes) => GoogleReply.ScopeMissing(newer),
            var signIn => operation.Run(signIn),
        });
}

/// <summary>What an API does once it is known who asks.</summary>
internal sealed record GoogleOperation(string Name, Func<GoogleSignIn, StandInReply> Run);
