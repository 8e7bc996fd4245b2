using ConnectorHub.Recipes;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.Acts;

/// <summary>Whether events that a platform marks as tests are rehearsed at a hook; its event is empty where its address has none.</summary>
public delegate bool RehearsesTests(string connection, string hookEvent);

/// <summary>What a recipe, as it is now, makes of an event that is stored already. Closed.</summary>
internal abstract record Asked
{
    private Asked()
    {
    }

    public sealed record Wanted(PlannedRun Run, Decision Decision) : Asked;

    /// <param name="Line">Of the recipe, that decided; 0 where none did.</param>
    /// <param name="Why">Begins like a sentence's second half: the line's words and what was found.</param>
    public sealed record Unwanted(int Line, string Why) : Asked;
}

/// <summary>Asks recipes again, as they are now, about events that are stored already.</summary>
public sealed class Openings(Intake intake, IRecipes recipes, Outside outside, RehearsesTests rehearsesTests)
{
    /// <summary>A recipe that can open runs, or why it cannot.</summary>
    internal (BookEntry? Entry, string? Problem) Find(string recipeId)
    {
        var book = recipes.Book;
        if (book.Find(recipeId) is not { } entry)
        {
            var ids = book.Entries.Select(one => one.Id).ToList();
            return (null, $"There is no recipe '{recipeId}'.{(Nearest.Of(recipeId, ids) is { } near ? $" Did you mean '{near}'?" : string.Empty)} There are: {string.Join(", ", ids)}.");
        }

        return Hindrance(entry) is { } problem ? (null, problem) : (entry, null);
    }

    /// <summary>Recipes that wait for such events, and why some of them can open none.</summary>
    internal IEnumerable<(BookEntry Entry, string? Problem)> WaitingFor(EventRow row, KnownEvent known) =>
        recipes.Book.Entries
            .Where(entry => entry.Live is { } live ? live.Mode != RecipeMode.Off && Wanting.Waits(live, known, row.Connection) : Waits(entry.When, row))
            .Select(entry => (entry, Hindrance(entry)));

    /// <summary>The event as recipes see it.</summary>
    internal KnownEvent Known(EventRow row) => KnownEvent.From(row, outside.Connectors);

    /// <summary>Asks a recipe that can open runs.</summary>
    internal Asked Ask(BookEntry entry, EventRow row, KnownEvent known)
    {
        var recipe = entry.Live!;
        if (!Wanting.Waits(recipe, known, row.Connection))
        {
            return new Asked.Unwanted(recipe.When.Line, Wanting.WhyNot(recipe, known, recipes.Shared, row.Connection)!);
        }

        var rehearsal = row.Test && rehearsesTests(row.Connection, row.HookEvent);
        var (decision, run) = intake.AskAgain(entry, known, rehearsal, outside.Time.GetUtcNow());
        return run is null ? new Asked.Unwanted(decision.Line, decision.Detail) : new Asked.Wanted(run, decision);
    }

    private string? Hindrance(BookEntry entry) => entry.Live switch
    {
        null => $"{entry.File} has errors, and no version of it ever worked. Mend it first; see: connectorhub check",
        { Mode: RecipeMode.Off } => $"{entry.File} is off: take 'mode: off' out of it first.",
        { } live when outside.Connections.Current.NotReady(live) is { } lacks => $"{entry.File} cannot run: {lacks}.",
        _ => null,
    };

    private static bool Waits(Trigger? when, EventRow row) =>
        when is EventTrigger && when.Source == row.Source && when.Events.Contains(row.Type) && (when.Connection ?? row.Connection) == row.Connection;
}
