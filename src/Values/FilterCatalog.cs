using System.Collections.Frozen;
using ConnectorHub.Values.Filters;

namespace ConnectorHub.Values;

/// <summary>All filters of the recipe language; <c>hub.*</c> in scripts has the same.</summary>
public static class FilterCatalog
{
    /// <summary>All of them, chapter by chapter.</summary>
    public static IReadOnlyList<Filter> All { get; } =
        [.. DateFilters.All.Concat(TextFilters.All).Concat(NumberFilters.All).Concat(ListFilters.All).Concat(AnyFilters.All).Select(each => new Filter(each))];

    private static readonly FrozenDictionary<string, Filter> ByName = All.ToFrozenDictionary(filter => filter.Name, StringComparer.Ordinal);

    /// <summary>The filter of that name, or null.</summary>
    public static Filter? Find(string name) => ByName.GetValueOrDefault(name);
}
