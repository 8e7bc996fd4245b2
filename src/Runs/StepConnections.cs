using ConnectorHub.Recipes;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Runs;

/// <summary>Which connection a step uses.</summary>
public static class StepConnections
{
    /// <summary>The named one, or the only one of its connector; null where there is none or more than one fits.</summary>
    public static Connection? For(this ConnectionBook book, ActionStep step)
    {
        if (step.Connection is { } name)
        {
            return book.Find(name) is { } named && named.ConnectorName == step.Connector ? named : null;
        }

        var fitting = book.ForConnector(step.Connector);
        return fitting.Count == 1 ? fitting[0] : null;
    }

    /// <summary>Which connection a recipe lacks, as a sentence for an admin; null where each step has one.</summary>
    public static string? NotReady(this ConnectionBook book, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Actions.FirstOrDefault(step => book.For(step) is null) is { } step ? book.WhyNone(step) : null;
    }

    /// <summary>Why <see cref="For"/> answered null, as a sentence for an admin.</summary>
    public static string WhyNone(this ConnectionBook book, ActionStep step)
    {
        if (step.Connection is { } name)
        {
            return book.Find(name) is { } other
                ? $"step '{step.Id}': connection '{name}' belongs to {other.ConnectorName}, not to {step.Connector}"
                : $"step '{step.Id}': connection '{name}' is not set up; add it under Connections in the settings";
        }

        var fitting = book.ForConnector(step.Connector);
        return fitting.Count == 0
            ? $"step '{step.Id}': no connection for {step.Connector} is set up; add one under Connections in the settings"
            : $"step '{step.Id}': {fitting.Count} connections fit {step.Connector}; say which with 'connection: {fitting[0].Name}'";
    }

    /// <summary>True where nothing of these steps could be sent.</summary>
    public static bool AllRehearse(this ConnectionBook book, IReadOnlyList<ActionStep> steps)
    {
        foreach (var step in steps)
        {
            if (book.For(step) is not { Mode: ConnectionMode.Rehearse })
            {
                return false;
            }
        }

        return steps.Count > 0;
    }
}
