namespace ConnectorHub.Values.Filters;

/// <summary>What filters say when they cannot work: found, allowed, fix.</summary>
internal static class Messages
{
    private const int LongestShown = 60;
    private const int LongestListed = 2_000;

    /// <summary>A text as a message shows it: short.</summary>
    public static string Cut(string text) => text.Length > LongestShown ? string.Concat(text.AsSpan(0, LongestShown), "…") : text;

    /// <summary>A value as a message shows it: short, with its kind.</summary>
    public static string Show(Value value)
    {
        if (value.Weight > LongestListed && value.Kind is ValueKind.List or ValueKind.Map)
        {
            return value.Kind == ValueKind.List ? $"a list of {value.Count} items" : $"a map of {value.Count} members";
        }

        var cut = Cut(value.ToText());
        return value.Kind switch
        {
            ValueKind.Missing => "nothing (missing)",
            ValueKind.Null => "null",
            ValueKind.Text => $"the text \"{cut}\"",
            ValueKind.Number => $"the number {cut}",
            ValueKind.Moment => $"the moment {cut}",
            ValueKind.List => $"the list {cut}",
            ValueKind.Map => $"the map {cut}",
            _ => cut,
        };
    }

    public static FilterProblem WrongInput(FilterDefinition filter, Value input) =>
        new($"'{filter.Name}' takes {Join(filter.Input)}; it got {Show(input)}.{Advice(filter.Input, input)}");

    public static FilterProblem WrongArgument(FilterDefinition filter, Parameter parameter, Value value) =>
        new($"The {parameter.Name} of '{filter.Name}' is {Join(parameter.Kinds)}; it got {Show(value)}. Example: {filter.Example.Template}");

    public static FilterProblem MissingArgument(FilterDefinition filter, Parameter parameter) =>
        new($"The {parameter.Name} of '{filter.Name}' is missing. Give a fallback with '??', as in {filter.Name}(event.minutes ?? 30), or write it out.");

    public static FilterProblem TooLarge(FilterDefinition filter, Value input) =>
        new($"'{filter.Name}' of {Show(input)} is larger than a number of 28 digits or a date of the years 1 to 9998 can be.");

    public static FilterProblem TooHeavy(FilterDefinition filter) =>
        new($"'{filter.Name}' would make a value of more than 16 MB. Take a part of its input first, with | where, | first or | truncate.");

    public static FilterProblem? WrongCount(Filter filter, int count)
    {
        var most = filter.Parameters.Count;
        var least = filter.Parameters.Count(parameter => !parameter.Optional);
        if (count >= least && count <= most)
        {
            return null;
        }

        var allowed = (least, most) switch
        {
            (0, 0) => "no arguments",
            (1, 1) => "1 argument",
            _ when least == most => $"{most} arguments",
            _ => $"{least} to {most} arguments",
        };
        return new($"'{filter.Name}' takes {allowed}, written {filter.Signature}; it got {count}. Example: {filter.Example.Template}");
    }

    private static string Join(Kinds kinds) =>
        kinds == Kinds.Any ? "any value" : string.Join(" or ", kinds.Each().Select(kind => $"a {kind.ToString().ToLowerInvariant()}"));

    private static string Advice(Kinds allowed, Value input) => input.Kind switch
    {
        ValueKind.List when (allowed & Kinds.Text) != 0 => " Take one item with '| first', or make one text of it with '| join'.",
        ValueKind.Map when (allowed & Kinds.Scalar) != 0 => " Name the member you mean: event.thing.member.",
        ValueKind.Number when (allowed & Kinds.Moment) != 0 => $" Make a moment of it first: '| {(input.TryGetDecimal(out var number) && Math.Abs(number) >= 100_000_000_000m ? "from_unix_ms" : "from_unix")}'.",
        ValueKind.Text when (allowed & Kinds.List) != 0 => " Make a list of it with '| split'.",
        _ => "",
    };
}
