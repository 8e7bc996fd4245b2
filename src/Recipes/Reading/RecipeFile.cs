using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>All that the readers of one recipe file share.</summary>
internal sealed class RecipeFile(string file, string text, Catalog catalog, Value shared)
{
    public FindingList Findings { get; } = new(file);

    public YamlText Source { get; } = new(text);

    public Catalog Catalog { get; } = catalog;

    /// <summary>Missing where shared names are not judged.</summary>
    public Value Shared { get; } = shared;

    /// <summary>The zone dates are read in: the recipe's, else the hub's.</summary>
    public DateTimeZone? Zone { get; set; }

    /// <summary>True where <c>when</c> is a schedule, also one that cannot be read.</summary>
    public bool GoesByClock { get; set; }

    /// <summary>The sample of a recipe that goes by the clock: a firing of its own schedule.</summary>
    public EventSample? Firing { get; set; }

    /// <summary>How long a run lives at most.</summary>
    public required TimeSpan GiveUpAfter { get; init; }

    /// <summary>Scripts that wait for their syntax to be checked.</summary>
    public List<FoundScript> Scripts { get; } = [];
}

/// <summary>A script with the scalar it stands in.</summary>
internal sealed record FoundScript(ScriptSource Source, YamlScalar Scalar);
