namespace ConnectorHub.Storage.Sqlite;

/// <summary>Moments as the store keeps them: microseconds since 1970 UTC.</summary>
internal static class Micros
{
    private const long TicksEach = TimeSpan.TicksPerMicrosecond;

    private static readonly long First = From(DateTimeOffset.MinValue);
    private static readonly long Last = From(DateTimeOffset.MaxValue);

    public static long From(DateTimeOffset moment)
    {
        var (micros, rest) = Math.DivRem(moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, TicksEach);
        return rest < 0 ? micros - 1 : micros;
    }

    public static long? From(DateTimeOffset? moment) => moment is { } some ? From(some) : null;

    public static bool CanBeMoment(long micros) => micros >= First && micros <= Last;

    public static DateTimeOffset ToMoment(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TicksEach);
}
