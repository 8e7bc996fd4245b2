using ConnectorHub.Recipes;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>Whether a recipe takes an event, when it is asked again.</summary>
internal static class Wanting
{
    /// <summary>True where the recipe waits for such events of that connection at all.</summary>
    public static bool Waits(Recipe recipe, KnownEvent known, string connection) =>
        known.Source == recipe.When.Source && recipe.When.Events.Contains(known.Type) && (recipe.When.Connection is not { } only || only == connection)
        && (recipe.When is not ScheduleTrigger || connection == ScheduleTrigger.ConnectionOf(recipe.Id));

    /// <summary>What kept it from being taken; null where it is taken.</summary>
    /// <param name="connection">Whose hook took the event.</param>
    public static string? WhyNot(Recipe recipe, KnownEvent known, Value shared, string connection)
    {
        if (!Waits(recipe, known, connection))
        {
            return $"it waits for {recipe.When.Words}{(recipe.When.Connection is { } named ? $" on {named}" : string.Empty)}";
        }

        var explanation = Matching.Explain(recipe, known.Scope(shared), Instant.FromDateTimeOffset(known.ReceivedAt));
        var line = explanation.Lines.FirstOrDefault(one => one.Answer == "no");
        return explanation.Matches ? null : line is null ? explanation.Summary : $"{line.Label}: {line.Sentence} ({line.Note})";
    }
}
