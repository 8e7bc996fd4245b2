using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands.Formats;

/// <summary>What <c>fmt</c> did to a file.</summary>
/// <param name="Shown">Its place from the working folder; - for what was read.</param>
/// <param name="Diff">What changes, where it was asked for; else empty.</param>
/// <param name="Findings">Why it was left alone; else empty.</param>
internal sealed record FormattedFile(string Shown, FormState State, IReadOnlyList<string> Diff, IReadOnlyList<Finding> Findings);

/// <summary>How a file stands after <c>fmt</c>.</summary>
internal enum FormState
{
    /// <summary>It was in canonical form.</summary>
    Canonical,

    /// <summary>It was put into canonical form.</summary>
    Formatted,

    /// <summary>It is not in canonical form, and nothing was to be changed.</summary>
    NotCanonical,

    /// <summary>It cannot be read or written.</summary>
    LeftAlone,
}
