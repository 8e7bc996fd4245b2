using System.Text.Json;
using NodaTime;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>
/// How often something comes to a hook, by the hour of the week in the hub's zone. Bounded: each hour of the week keeps what came in its last eight weeks that a
/// gateway was there for; older ones fall out. Used by one thread at a time.
/// </summary>
internal sealed class Rhythm
{
    /// <summary>Weeks that are remembered.</summary>
    public const int Weeks = 8;

    /// <summary>Fewer teach nothing.</summary>
    public const int FewWeeks = 3;

    /// <summary>Hours of a week.</summary>
    public const int Hours = 7 * 24;

    private const int Most = 9_999;

    private readonly List<int>[] _weeks;

    public Rhythm()
        : this([.. Enumerable.Range(0, Hours).Select(_ => new List<int>(Weeks))])
    {
    }

    private Rhythm(List<int>[] weeks) => _weeks = weeks;

    /// <summary>How many weeks are known of the hour of the week of which most are.</summary>
    public int Known => _weeks.Max(weeks => weeks.Count);

    /// <summary>The hour of the week by the zone's clock, from Monday at 0:00 on.</summary>
    public static int HourOf(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        return (((int)local.DayOfWeek - 1) * 24) + local.Hour;
    }

    /// <summary>So many came in an hour that is over and that a gateway was there for.</summary>
    public void Learn(int hour, long came)
    {
        var weeks = _weeks[hour];
        if (weeks.Count == Weeks)
        {
            weeks.RemoveAt(0);
        }

        weeks.Add((int)Math.Clamp(came, 0, Most));
    }

    /// <summary>
    /// How many may be counted on in that hour: what two weeks of three reached. An hour that was empty now and then promises nothing, and neither does one
    /// burst.
    /// </summary>
    public int Expected(int hour)
    {
        var weeks = _weeks[hour];
        return weeks.Count < FewWeeks ? 0 : weeks.Order().ElementAt(weeks.Count / 3);
    }

    /// <summary>How many may be counted on from one moment to another.</summary>
    public double Expected(Instant from, Instant until, DateTimeZone zone)
    {
        var sum = 0d;
        // What is longer ago than a week adds nothing that one week does not say.
        for (var at = Instant.Max(from, until - Duration.FromHours(Hours)); at < until;)
        {
            var next = Instant.Min(until, HourAfter(at));
            sum += Expected(HourOf(at, zone)) * ((next - at).TotalSeconds / 3600);
            at = next;
        }

        return sum;
    }

    /// <summary>The end of the hour of a moment. Zones that are half an hour off begin theirs elsewhere, which does not matter here.</summary>
    public static Instant HourAfter(Instant at) => Instant.FromUnixTimeSeconds(((at.ToUnixTimeSeconds() / 3600) + 1) * 3600);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(_weeks);

    /// <exception cref="JsonException">Another version wrote it, or somebody edited it.</exception>
    public static Rhythm Read(ReadOnlySpan<byte> state)
    {
        var weeks = JsonSerializer.Deserialize<List<int>[]>(state);
        return weeks is { Length: Hours } && Array.TrueForAll(weeks, hour => hour is { Count: <= Weeks })
            ? new Rhythm(weeks)
            : throw new JsonException($"A rhythm has {Hours} hours of at most {Weeks} weeks.");
    }
}
