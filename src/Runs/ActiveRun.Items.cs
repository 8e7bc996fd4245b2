using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <content>The items of a <c>for_each</c>.</content>
internal sealed partial class ActiveRun
{
    /// <summary>The items of a step, computed once for the run; or why there are none.</summary>
    public (ItemList? Items, string? Problem) OpenItems(ActionStep step)
    {
        // No name of a recipe has a slash.
        var name = $"for_each/{step.Id}";
        if (_lets?.GetValueOrDefault(name) is not { } list)
        {
            var evaluated = step.ForEach!.Items.Evaluate(_scope, Recipe.Zone, null);
            list = evaluated.Failure is null && evaluated.Value.IsMissingOrNull ? Value.List([]) : evaluated.Value;
            var problem = evaluated.Failure is { } failure ? failure.Message
                : list.Kind != ValueKind.List ? $"'for_each' of step '{step.Id}' needs a list, and {step.ForEach.Items.Text} is {list.Kind.ToString().ToLowerInvariant()}."
                : list.Items.Count > ItemList.Most ? $"'for_each' of step '{step.Id}' has {list.Items.Count} items; at most {ItemList.Most} are taken."
                : null;
            if (problem is not null)
            {
                return (null, problem);
            }

            (_lets ??= new Dictionary<string, Value>(StringComparer.Ordinal))[name] = list;
            _letsStored = false;
        }

        var items = ItemList.Of(list.Items, (item, index) => EachKey(step.ForEach!, item, index));
        Enter(null);
        return (items, null);
    }

    /// <summary>Goes to an item, or back to the step as a whole.</summary>
    public void Enter(Item? item)
    {
        Item = item;
        _scope.Set("item", item?.Value ?? Value.Missing).Set("index", item is null ? Value.Missing : Value.Number(item.Index));
    }

    /// <summary>The current item is done.</summary>
    public void CompleteItem(StepOutcome outcome)
    {
        _rehearsedStep |= outcome is StepOutcome.Rehearsed;
        Item!.Complete(outcome switch
        {
            StepOutcome.Done done => Value.FromJson(done.Output),
            StepOutcome.Rehearsed rehearsed => Value.FromJson(rehearsed.Output),
            _ => Value.Missing,
        });
    }

    private string? EachKey(ForEach forEach, Value item, int index)
    {
        if (forEach.Key is not { } template)
        {
            return null;
        }

        _scope.Set("item", item).Set("index", Value.Number(index));
        var missing = new List<string>();
        var key = template.Evaluate(_scope, Recipe.Zone, missing);
        return key.Failure is null && missing.Count == 0 && !key.Value.IsMissingOrNull && key.Value.ToText() is { Length: > 0 } text ? text : null;
    }
}
