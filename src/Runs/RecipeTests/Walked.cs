using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>What became of one step of a walk, or of one item of it. Closed.</summary>
/// <param name="Item">Its place in the list, from 1; null where the step has no list.</param>
internal abstract record Walked(RecipeStep Step, int? Item)
{
    /// <summary>The step's name as a person reads it: <c>mail[2]</c> is its second item.</summary>
    public string Name => Step switch
    {
        ActionStep action => Item is { } item ? $"{action.Id}[{item}]" : action.Id,
        WaitStep => "wait",
        StopStep => "stop",
        _ => "let",
    };
}

/// <summary>An action was done, or failed.</summary>
/// <param name="Input">Null where it could not be made.</param>
internal sealed record WalkedAction(ActionStep Action, int? Item, JsonElement? Input, Asked Asked) : Walked(Action, Item)
{
    public StepOutcome Outcome => Asked.Outcome;
}

/// <summary>The step was passed over, or it waits.</summary>
internal sealed record WalkedPast(RecipeStep Step, int? Item, string Why) : Walked(Step, Item);

/// <summary>What stands for a target answered.</summary>
/// <param name="Connection">Which connection it would go to; null where that plays no part.</param>
/// <param name="Note">What is to be known about it; may be empty.</param>
internal sealed record Asked(StepOutcome Outcome, string? Connection, string Note);

/// <summary>Stands for the targets in a walk.</summary>
internal interface IWalkTargets
{
    /// <summary>What an action comes to. Nothing that writes is sent.</summary>
    /// <param name="time">How often the step was asked before in this walk.</param>
    Task<Asked> AskAsync(ActiveRun run, ActionStep step, JsonElement input, int time, CancellationToken cancellationToken);
}
