using ConnectorHub.Values.Filters;

namespace ConnectorHub.Values;

/// <summary>A filter at one place of a recipe, its patterns compiled.</summary>
public sealed class BoundFilter
{
    private readonly FilterDefinition _definition;
    private readonly object? _prepared;

    private BoundFilter(Filter filter, object? prepared)
    {
        Filter = filter;
        _definition = filter.Definition;
        _prepared = prepared;
    }

    /// <summary>Which one.</summary>
    public Filter Filter { get; }

    /// <summary>Applies it. Missing and null come back as they are, except from a filter that is there for them.</summary>
    public FilterResult Apply(Value input, ReadOnlySpan<Value> arguments, FilterContext context)
    {
        if (input.IsMissingOrNull)
        {
            if (!_definition.TakesNothing)
            {
                return input;
            }
        }
        else if (!_definition.Input.Takes(input))
        {
            return Messages.WrongInput(_definition, input);
        }

        if (FindWrongArgument(_definition, arguments) is { } wrong)
        {
            return wrong;
        }

        try
        {
            var result = _definition.Body(new FilterCall(_definition, input, arguments, context, _prepared));
            return result.Value.Weight > Value.GreatestWeight ? Messages.TooHeavy(_definition) : result;
        }
        catch (OverflowException)
        {
            return Messages.TooLarge(_definition, input);
        }
        catch (ArgumentOutOfRangeException)
        {
            // NodaTime's word for a date beyond the years it knows.
            return Messages.TooLarge(_definition, input);
        }
    }

    internal static BoundFilter? Bind(Filter filter, IReadOnlyList<Value?> arguments, out FilterProblem? problem)
    {
        var definition = filter.Definition;
        problem = Messages.WrongCount(filter, arguments.Count);
        for (var at = 0; problem is null && at < arguments.Count; at++)
        {
            problem = arguments[at] is { } known ? WrongArgument(definition, at, known) : null;
        }

        if (problem is not null)
        {
            return null;
        }

        var preparation = definition.Prepare(arguments);
        problem = preparation.Problem;
        return problem is null ? new BoundFilter(filter, preparation.State) : null;
    }

    private static FilterProblem? FindWrongArgument(FilterDefinition definition, ReadOnlySpan<Value> arguments)
    {
        for (var at = 0; at < arguments.Length; at++)
        {
            if (WrongArgument(definition, at, arguments[at]) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static FilterProblem? WrongArgument(FilterDefinition definition, int at, Value value)
    {
        var parameter = definition.Parameters[at];
        if (value.IsMissingOrNull)
        {
            return parameter.Optional || parameter.TakesNothing ? null : Messages.MissingArgument(definition, parameter);
        }

        return parameter.Kinds.Takes(value) ? null : Messages.WrongArgument(definition, parameter, value);
    }
}
