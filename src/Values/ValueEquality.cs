using NodaTime;

namespace ConnectorHub.Values;

/// <summary>Equality of whole values, and a hash that agrees with it.</summary>
internal static class ValueEquality
{
    public static bool Same(Value left, Value right)
    {
        if (left.Kind != right.Kind)
        {
            return false;
        }

        return left.Kind switch
        {
            ValueKind.Missing or ValueKind.Null => true,
            ValueKind.Number => NumberText.Compare(left.ToText(), right.ToText()) == 0,
            ValueKind.Moment => InstantOf(left) == InstantOf(right),
            ValueKind.List => SameItems(left.Items, right.Items),
            ValueKind.Map => SameMembers(left, right),
            _ => string.Equals(left.ToText(), right.ToText(), StringComparison.Ordinal),
        };
    }

    public static int Hash(Value value) => value.Kind switch
    {
        ValueKind.Missing or ValueKind.Null => (int)value.Kind,
        ValueKind.Number => NumberText.Hash(value.ToText()),
        ValueKind.Moment => InstantOf(value).GetHashCode(),
        ValueKind.List => HashItems(value.Items),
        ValueKind.Map => HashMembers(value),
        _ => StringComparer.Ordinal.GetHashCode(value.ToText()),
    };

    private static Instant InstantOf(Value value) => value.TryGetMoment(out var moment) ? moment.ToInstant() : default;

    private static bool SameItems(IReadOnlyList<Value> left, IReadOnlyList<Value> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var at = 0; at < left.Count; at++)
        {
            if (!left[at].Equals(right[at]))
            {
                return false;
            }
        }

        return true;
    }

    // A missing member is written as no member, so it counts as none.
    private static bool SameMembers(Value left, Value right) => Covers(left, right) && Covers(right, left);

    private static bool Covers(Value left, Value right)
    {
        foreach (var (name, value) in left.Members)
        {
            if (!value.Equals(right.Member(name)))
            {
                return false;
            }
        }

        return true;
    }

    private static int HashItems(IReadOnlyList<Value> items)
    {
        var hash = new HashCode();
        foreach (var item in items)
        {
            hash.Add(Hash(item));
        }

        return hash.ToHashCode();
    }

    // Order does not count.
    private static int HashMembers(Value map)
    {
        var hash = 0;
        foreach (var (name, value) in map.Members)
        {
            if (value.Kind != ValueKind.Missing)
            {
                hash ^= HashCode.Combine(StringComparer.Ordinal.GetHashCode(name), Hash(value));
            }
        }

        return hash;
    }
}
