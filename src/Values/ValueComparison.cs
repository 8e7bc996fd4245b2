using NodaTime;

namespace ConnectorHub.Values;

/// <summary>
/// How the recipe language compares: text without case unless <c>exactly</c>, text that is a number with a number as numbers,
/// ISO text with a moment as moments. Missing and null are the same nothing.
/// </summary>
public static class ValueComparison
{
    /// <summary>True where both say the same.</summary>
    public static bool Same(Value left, Value right, bool exactly)
    {
        if (left.IsMissingOrNull || right.IsMissingOrNull)
        {
            return left.IsMissingOrNull && right.IsMissingOrNull;
        }

        if (left.Kind == ValueKind.Text && right.Kind == ValueKind.Text)
        {
            return string.Equals(left.ToText(), right.ToText(), exactly ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        }

        if (left.Kind == ValueKind.Number || right.Kind == ValueKind.Number)
        {
            return OrderOfNumbers(left, right) == 0;
        }

        if (left.Kind == ValueKind.Moment || right.Kind == ValueKind.Moment)
        {
            return OrderOfMoments(left, right, null) == 0;
        }

        if (IsCompound(left) || IsCompound(right))
        {
            return SameCompound(left, right, exactly);
        }

        return string.Equals(left.ToText(), right.ToText(), exactly ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Below zero where <paramref name="left"/> is less; null where they are not both numbers or texts that are numbers.</summary>
    public static int? OrderOfNumbers(Value left, Value right) =>
        NumberOf(left) is { } leftDigits && NumberOf(right) is { } rightDigits ? NumberText.Compare(leftDigits, rightDigits) : null;

    /// <summary>Below zero where <paramref name="left"/> is earlier; null where they are not both moments or ISO texts. A local time is read in <paramref name="zone"/>, else in UTC.</summary>
    public static int? OrderOfMoments(Value left, Value right, DateTimeZone? zone) =>
        InstantOf(left, zone) is { } leftInstant && InstantOf(right, zone) is { } rightInstant ? leftInstant.CompareTo(rightInstant) : null;

    /// <summary>The instant of a moment or of an ISO text, else null. A local time is read in <paramref name="zone"/>, else in UTC.</summary>
    public static Instant? InstantOf(Value value, DateTimeZone? zone)
    {
        if (value.TryGetMoment(out var moment))
        {
            return moment.ToInstant();
        }

        return value.Kind == ValueKind.Text && IsoMoment.TryRead(value.ToText(), zone ?? DateTimeZone.Utc, out var read) ? read.Time.ToInstant() : null;
    }

    private static bool IsCompound(Value value) => value.Kind is ValueKind.List or ValueKind.Map;

    private static string? NumberOf(Value value)
    {
        if (value.Kind == ValueKind.Number)
        {
            return value.ToText();
        }

        return value.Kind == ValueKind.Text && value.ToText().Trim() is var text && NumberText.IsNumber(text) ? text : null;
    }

    private static bool SameCompound(Value left, Value right, bool exactly)
    {
        if (left.Kind != right.Kind || left.Count != right.Count)
        {
            return false;
        }

        return left.Kind == ValueKind.List
            ? left.Items.Zip(right.Items).All(pair => Same(pair.First, pair.Second, exactly))
            : left.Members.All(member => Same(member.Value, right.Member(member.Key), exactly));
    }
}
