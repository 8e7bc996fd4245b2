namespace ConnectorHub.Recipes;

/// <summary>Whether a recipe may be used in spite of a finding.</summary>
public enum Severity
{
    /// <summary>The recipe is not loaded.</summary>
    Error,

    /// <summary>The recipe is loaded; a person should look.</summary>
    Warning,
}

/// <summary>One thing a check says: place, what was found, what is allowed, how to mend it.</summary>
/// <param name="File">As the reader knows it, such as <c>recipes/deal-won.yaml</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
public sealed record Finding(string File, int Line, int Column, Severity Severity, string Code, string Message)
{
    /// <summary><c>recipes/deal-won.yaml(14,10): error CH2004: …</c></summary>
    public override string ToString() =>
        $"{File}({Line},{Column}): {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message}";
}
