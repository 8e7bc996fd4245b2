namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>Sheets' quotas: so many reads and so many writes per minute for each account, and five times as many for the project.</summary>
internal sealed class SheetsQuota(TimeProvider time, int perMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateWindow _account = new(time, perMinute, Minute);
    private readonly RateWindow _project = new(time, perMinute * 5, Minute);

    /// <summary>Null where there is something left. Google does not say how long to wait.</summary>
    public StandInReply? FindRefusal(string account, bool writes)
    {
        var kind = writes ? "Write" : "Read";
        var (isOver, whose) = !_account.TryTake($"{kind} {account}", out _) ? (true, " per user")
            : !_project.TryTake(kind, out _) ? (true, string.Empty)
            : (false, string.Empty);
        return isOver
            ? GoogleReply.Newer(
                429,
                "RESOURCE_EXHAUSTED",
                $"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{whose}' of service 'sheets.googleapis.com' for consumer 'project_number:100000000000'.",
                "RATE_LIMIT_EXCEEDED")
            : null;
    }
}
