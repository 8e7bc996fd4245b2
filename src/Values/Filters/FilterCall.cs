namespace ConnectorHub.Values.Filters;

/// <summary>One application of a filter: kinds of input and arguments are already right.</summary>
internal readonly ref struct FilterCall(
    FilterDefinition definition, Value input, ReadOnlySpan<Value> arguments, FilterContext context, object? prepared)
{
    private readonly ReadOnlySpan<Value> _arguments = arguments;

    public FilterDefinition Definition => definition;

    public Value Input => input;

    public FilterContext Context => context;

    /// <summary>The argument, or null where it was left out, missing or null.</summary>
    public Value? Argument(int at) => at < _arguments.Length && !_arguments[at].IsMissingOrNull ? _arguments[at] : null;

    /// <summary>True where the argument is written, whatever it finds.</summary>
    public bool Has(int at) => at < _arguments.Length;

    /// <summary>What was compiled at this place, or is now because an argument is only known now.</summary>
    public T? Prepared<T>(out FilterProblem? problem)
        where T : class
    {
        problem = null;
        if (prepared is T ready)
        {
            return ready;
        }

        var preparation = definition.Prepare([.. _arguments]);
        problem = preparation.Problem ?? (preparation.State is T ? null : Problem("cannot work without its arguments."));
        return preparation.State as T;
    }

    public FilterProblem Problem(string message) => new($"'{definition.Name}' {message}");
}
