namespace ConnectorHub.Values.Filters;

internal delegate FilterResult FilterBody(in FilterCall call);

/// <summary>What one filter is and does.</summary>
internal sealed record FilterDefinition(string Group, string Name, Kinds Input, Kinds Output, string About, FilterExample Example, FilterBody Body)
{
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>True where missing and null are inputs like any other.</summary>
    public bool TakesNothing { get; init; }

    /// <summary>Compiles what it can from the arguments known beforehand (null: not known).</summary>
    public Func<IReadOnlyList<Value?>, Preparation> Prepare { get; init; } = _ => default;
}

/// <summary>One argument. <paramref name="TakesNothing"/>: it must be written, but what it finds may be missing.</summary>
internal sealed record Parameter(string Name, Kinds Kinds, string About, bool Optional = false, bool TakesNothing = false);

/// <summary>What was compiled, or why it cannot be; neither where an argument is not known yet.</summary>
internal readonly record struct Preparation(object? State, FilterProblem? Problem)
{
    public static Preparation Of(object state) => new(state, null);

    public static Preparation Fail(string message) => new(null, new FilterProblem(message));
}
