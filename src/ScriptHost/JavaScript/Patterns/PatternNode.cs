namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

/// <summary>A part of a regular expression as it was written.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    public sealed record Empty : PatternNode;

    /// <summary>One character of a set.</summary>
    public sealed record One(CharacterSet Set) : PatternNode;

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    public sealed record Choice(IReadOnlyList<PatternNode> Options) : PatternNode;

    public sealed record Group(PatternNode Inner, int Number) : PatternNode;

    /// <param name="Inner">What is repeated.</param>
    /// <param name="Least">At least so often.</param>
    /// <param name="Most">At most so often; <see cref="int.MaxValue"/> is no limit.</param>
    /// <param name="Greedy">As often as it goes.</param>
    /// <param name="FirstGroup">The groups within: from this one,</param>
    /// <param name="EndGroup">to before this one.</param>
    public sealed record Repeat(PatternNode Inner, int Least, int Most, bool Greedy, int FirstGroup, int EndGroup) : PatternNode;

    public sealed record Start : PatternNode;

    public sealed record End : PatternNode;

    public sealed record Boundary(bool Negated) : PatternNode;

    public sealed record Look(PatternNode Inner, bool Behind, bool Negated) : PatternNode;

    public sealed record Back(int Number) : PatternNode;

    public sealed record NamedBack(string Name) : PatternNode;
}

/// <summary>The flags behind a regular expression.</summary>
internal readonly record struct PatternFlags(bool Global, bool IgnoreCase, bool Multiline, bool DotAll, bool Unicode, bool Sticky)
{
    /// <summary>Null where a letter is no flag or comes twice.</summary>
    public static PatternFlags? Read(string flags) =>
        flags.Distinct().Count() == flags.Length && flags.All("gimsuy".Contains)
            ? new PatternFlags(flags.Contains('g'), flags.Contains('i'), flags.Contains('m'), flags.Contains('s'), flags.Contains('u'), flags.Contains('y'))
            : null;

    public override string ToString() =>
        string.Concat(Global ? "g" : "", IgnoreCase ? "i" : "", Multiline ? "m" : "", DotAll ? "s" : "", Unicode ? "u" : "", Sticky ? "y" : "");
}

/// <summary>Why a regular expression cannot be read.</summary>
internal sealed class PatternException(string message) : Exception(message);

/// <summary>A regular expression needs too many steps.</summary>
internal sealed class PatternTooSlowException : Exception;
