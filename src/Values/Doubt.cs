namespace ConnectorHub.Values;

/// <summary>What a value made of a sample lets a check suspect.</summary>
public enum DoubtKind
{
    /// <summary>The number counts seconds where milliseconds were asked for.</summary>
    Unit,

    /// <summary>A local time that the clocks of its zone skip, or show twice.</summary>
    ClockChange,
}

/// <summary>A filter worked, and a person should look at what it was given.</summary>
/// <param name="Message">Found, and how to mend it.</param>
public sealed record Doubt(DoubtKind Kind, string Message);
