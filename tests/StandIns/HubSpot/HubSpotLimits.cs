using System.Globalization;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>HubSpot's limits: so many calls in any ten seconds, so many a day, and five searches a second. Their headers stand on every answer but a search's.</summary>
internal sealed class HubSpotLimits(TimeProvider time, int perTenSeconds, int perDay)
{
    private const string All = "";

    private readonly RateWindow _window = new(time, perTenSeconds, TimeSpan.FromSeconds(10));
    private readonly RateWindow _searches = new(time, 5, TimeSpan.FromSeconds(1));

    private DateOnly _day;
    private int _today;

    public StandInReply Within(bool searches, Func<StandInReply> run)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        _today = day == _day ? _today : 0;
        _day = day;
        if (_today >= perDay)
        {
            return HubSpotReply.Limit("DAILY", "You have reached your daily limit.");
        }

        if (searches && !_searches.TryTake(All, out _))
        {
            return HubSpotReply.Limit("SECONDLY", "You have reached your secondly limit.");
        }

        if (!_window.TryTake(All, out _))
        {
            return Marked(HubSpotReply.Limit("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit."));
        }

        _today++;
        return searches ? run() : Marked(run());
    }

    private StandInReply Marked(StandInReply reply) => reply
        .With("X-HubSpot-RateLimit-Daily", Text(perDay))
        .With("X-HubSpot-RateLimit-Daily-Remaining", Text(perDay - _today))
        .With("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")
        .With("X-HubSpot-RateLimit-Max", Text(perTenSeconds))
        .With("X-HubSpot-RateLimit-Remaining", Text(_window.Left(All)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
