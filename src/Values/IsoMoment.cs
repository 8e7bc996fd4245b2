using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace ConnectorHub.Values;

/// <summary>
/// Moments as ISO texts. A moment whose zone was chosen is written with its offset (+00:00 too), one without with <c>Z</c>:
/// so a value that was stored as JSON and read again is shown in the same local time as before.
/// </summary>
internal static class IsoMoment
{
    // An offset may carry the last year beyond what a moment can hold.
    private const int LastYear = 9999;

    private static readonly OffsetDateTimePattern[] WithOffset =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HHmm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
    ];

    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss;FFFFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd"),
    ];

    private static readonly LocalDateTimePattern LocalPart = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFF");
    private static readonly OffsetPattern OffsetPart = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    public static string Write(ZonedDateTime moment, bool zoneChosen)
    {
        var local = LocalPart.Format(moment.LocalDateTime);
        return zoneChosen ? local + OffsetPart.Format(moment.Offset) : local + "Z";
    }

    /// <summary>
    /// Reads an ISO text. With an offset it keeps it; with <c>Z</c> the zone stays open; a local time is read in <paramref name="zone"/>
    /// and refused without one.
    /// </summary>
    public static bool TryRead(string text, DateTimeZone? zone, [NotNullWhen(true)] out MomentValue? moment)
    {
        moment = null;
        text = text.Trim();
        if (!LooksLikeOne(text))
        {
            return false;
        }

        foreach (var pattern in WithOffset)
        {
            if (pattern.Parse(text) is { Success: true } read)
            {
                moment = Keep(read.Value, open: text.EndsWith('Z'));
                return moment is not null;
            }
        }

        if (zone is not null && TryLocal(text, out var local) && local.Year < LastYear)
        {
            moment = new MomentValue(local.InZoneLeniently(zone), zoneChosen: true);
        }

        return moment is not null;
    }

    /// <summary>True for an ISO date or date and time without an offset.</summary>
    public static bool IsLocal(string text) => LooksLikeOne(text.Trim()) && TryLocal(text.Trim(), out _);

    private static MomentValue? Keep(OffsetDateTime read, bool open)
    {
        if (open)
        {
            return new MomentValue(read.ToInstant().InUtc(), zoneChosen: false);
        }

        return read.Year < LastYear || read.Offset == Offset.Zero ? new MomentValue(read.InFixedZone(), zoneChosen: true) : null;
    }

    /// <summary>Reads an ISO date or date and time without an offset.</summary>
    public static bool TryLocal(string text, out LocalDateTime local)
    {
        foreach (var pattern in Local)
        {
            if (pattern.Parse(text) is { Success: true } read)
            {
                local = read.Value;
                return true;
            }
        }

        local = default;
        return false;
    }

    // Most texts are not dates: four digits and a dash are asked for before nine patterns are tried.
    private static bool LooksLikeOne(string text) =>
        text.Length is >= 10 and <= 40 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[3]) && text[4] == '-' && text[7] == '-';

}
