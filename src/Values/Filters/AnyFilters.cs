namespace ConnectorHub.Values.Filters;

/// <summary>Filters for values of any kind, nothing included.</summary>
internal static class AnyFilters
{
    private const string Group = "any";

    public static IReadOnlyList<FilterDefinition> All { get; } =
    [
        new(Group, "default", Kinds.Any, Kinds.Any, "Another value in place of missing, null or an empty text; '??' is for missing and null only.", new("{{ event.name | default('there') }}", """{"name":""}""", "there"), Default)
        {
            TakesNothing = true,
            Parameters = [new("value", Kinds.Any, "What comes in its place.", TakesNothing: true)],
        },
        new(Group, "as_is", Kinds.Any, Kinds.Any, "The value as it came: says that this is meant.", new("{{ event.code | as_is }}", """{"code":"0042"}""", "0042"), AsIs) { TakesNothing = true },
    ];

    private static FilterResult Default(in FilterCall call) =>
        call.Input.IsMissingOrNull || (call.Input.Kind == ValueKind.Text && call.Input.ToText().Length == 0)
            ? call.Argument(0) ?? Value.Missing
            : call.Input;

    private static FilterResult AsIs(in FilterCall call) => call.Input;
}
