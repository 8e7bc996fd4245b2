using ConnectorHub.Values.Filters;
using NodaTime;

namespace ConnectorHub.Values;

/// <summary>What a filter may know besides its input.</summary>
/// <param name="Zone">The zone of the step, the recipe or the hub; null where none is set.</param>
public readonly record struct FilterContext(DateTimeZone? Zone)
{
    /// <summary>Where to say what looks wrong although it can be computed; null outside of a check.</summary>
    public ICollection<Doubt>? Doubts { get; init; }

    /// <summary>In the zone of that IANA name; in none where nobody knows it.</summary>
    public static FilterContext In(string zone) => new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone));
}

/// <summary>A filter could not work on what it was given: value found, what is allowed, how to mend it.</summary>
public sealed record FilterProblem(string Message);

/// <summary>A value or a problem.</summary>
public readonly struct FilterResult
{
    private readonly Value? _value;

    private FilterResult(Value? value, FilterProblem? problem)
    {
        _value = value;
        Problem = problem;
    }

    /// <summary>The value; Missing where there is a problem.</summary>
    public Value Value => _value ?? Value.Missing;

    /// <summary>The problem, or null.</summary>
    public FilterProblem? Problem { get; }

    /// <summary>A value.</summary>
    public static implicit operator FilterResult(Value value) => new(value, null);

    /// <summary>A problem.</summary>
    public static implicit operator FilterResult(FilterProblem problem) => new(null, problem);
}

/// <summary>One argument of a filter.</summary>
/// <param name="Name">For tables and messages.</param>
/// <param name="Kinds">What it takes.</param>
/// <param name="Optional">True where it may be left out.</param>
/// <param name="About">One sentence.</param>
public sealed record FilterParameter(string Name, IReadOnlyList<ValueKind> Kinds, bool Optional, string About);

/// <summary>An example that a test evaluates.</summary>
/// <param name="Template">As a recipe writes it.</param>
/// <param name="Event">The JSON that it sees as <c>event</c>; empty where it needs none.</param>
/// <param name="Result">The text it comes to, in the zone Europe/Paris.</param>
public sealed record FilterExample(string Template, string Event, string Result);

/// <summary>One word after a <c>|</c>: typed, and it never throws.</summary>
public sealed class Filter
{
    internal Filter(FilterDefinition definition)
    {
        Definition = definition;
        Input = definition.Input.Each();
        Parameters = [.. definition.Parameters.Select(each => new FilterParameter(each.Name, each.Kinds.Each(), each.Optional, each.About))];
        Output = definition.Output.Each() is [var only] ? only : null;
    }

    /// <summary>As recipes write it.</summary>
    public string Name => Definition.Name;

    /// <summary>Its chapter: dates, text, numbers, lists, any.</summary>
    public string Group => Definition.Group;

    /// <summary>What it takes. Missing and null go through every filter unchanged but <c>default</c>.</summary>
    public IReadOnlyList<ValueKind> Input { get; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<FilterParameter> Parameters { get; }

    /// <summary>What it makes; null where that depends on what it is given.</summary>
    public ValueKind? Output { get; }

    /// <summary>One sentence.</summary>
    public string About => Definition.About;

    /// <summary>An example.</summary>
    public FilterExample Example => Definition.Example;

    /// <summary>How it is written: <c>date(pattern, language?)</c>.</summary>
    public string Signature => Parameters.Count == 0
        ? Name
        : $"{Name}({string.Join(", ", Parameters.Select(parameter => parameter.Name + (parameter.Optional ? "?" : "")))})";

    internal FilterDefinition Definition { get; }

    /// <summary>Makes it ready for one place in a recipe: what can be judged and compiled beforehand is.</summary>
    /// <param name="arguments">Its arguments; null for one that is only known when it runs.</param>
    /// <param name="problem">Why it can never work, or null.</param>
    public BoundFilter? Bind(IReadOnlyList<Value?> arguments, out FilterProblem? problem) => BoundFilter.Bind(this, arguments, out problem);

    /// <summary>Binds and applies in one go, for callers without a place to keep the bound filter.</summary>
    public FilterResult Apply(Value input, IReadOnlyList<Value> arguments, FilterContext context) =>
        Bind(arguments, out var problem) is { } bound ? bound.Apply(input, [.. arguments], context) : problem!;

    /// <summary>True where what the filter before makes can never be this one's input.</summary>
    public bool Refuses(Filter before) => (before.Definition.Output & Definition.Input) == 0;
}
