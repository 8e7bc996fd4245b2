using System.Security.Cryptography;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>How far one item of a <c>for_each</c> has come.</summary>
internal enum ItemState
{
    /// <summary>To be done, now or later.</summary>
    Open,

    /// <summary>Done; its output is known.</summary>
    Done,

    /// <summary>Failed for good.</summary>
    Failed,

    /// <summary>Passed over by the step's <c>if</c>, or the same as one before.</summary>
    Skipped,
}

/// <summary>One item of a <c>for_each</c>: it has its own tries and its own effect key.</summary>
internal sealed class Item(int index, Value value, string key)
{
    public int Index => index;

    public Value Value => value;

    /// <summary>What tells it from the others, whatever its place.</summary>
    public string Key => key;

    public ItemState State { get; private set; }

    public int Tries { get; private set; }

    /// <summary>When its next try is; null: now.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>What a person must decide before it goes on; null where nothing.</summary>
    public string? Question { get; private set; }

    public RunError? Error { get; private set; }

    public Value Output { get; private set; } = Value.Missing;

    /// <summary>Attempts that are not known to have ended.</summary>
    public List<AttemptRow> OpenAttempts { get; } = [];

    public void Complete(Value output) => (State, Output) = (ItemState.Done, output);

    public void Fail(RunError error) => (State, Error) = (ItemState.Failed, error);

    public void PassOver() => State = ItemState.Skipped;

    public void RetryAt(DateTimeOffset at, int tries) => (DueAt, Tries) = (at, tries);

    public void Ask(string question) => Question = question;

    /// <summary>Takes up where an earlier claim of the run left off.</summary>
    public void Restore(IReadOnlyList<AttemptRow> attempts, IReadOnlyList<TimeSpan> schedule)
    {
        OpenAttempts.AddRange(attempts.Where(attempt => attempt.State is AttemptState.Started or AttemptState.Unconfirmed));
        Tries = attempts.Count(attempt => attempt.Kind is nameof(FailureKind.Transient) or nameof(FailureKind.Unconfirmed));
        if (attempts.FirstOrDefault(attempt => attempt.State is AttemptState.Done or AttemptState.Rehearsed) is { } done)
        {
            Complete(Value.Parse(done.Output));
            return;
        }

        var last = attempts[^1];
        if (OpenAttempts.Count > 0 || last.Kind is nameof(FailureKind.RateLimited) or nameof(FailureKind.Unauthorized))
        {
            return;
        }

        var wait = last.Kind == nameof(FailureKind.Rejected) ? null : RetrySchedule.WaitAfter(schedule, Math.Max(1, Tries), 0);
        if (wait is { } later)
        {
            DueAt = last.Code == "resolved" ? null : last.EndedAt + later;
        }
        else
        {
            Fail(new RunError(last.StepId, last.Code, last.Message));
        }
    }
}

/// <summary>The items of a step's <c>for_each</c>, in the order of the list.</summary>
internal sealed class ItemList(IReadOnlyList<Item> items)
{
    /// <summary>A list this long is taken; a longer one is a mistake more often than a wish.</summary>
    public const int Most = 10_000;

    public IReadOnlyList<Item> All => items;

    public IEnumerable<Item> Open => items.Where(item => item.State == ItemState.Open);

    public int Count(ItemState state) => items.Count(item => item.State == state);

    /// <summary>Builds the items; one that has the key of an item before it is passed over, for its effect would be the same.</summary>
    public static ItemList Of(IReadOnlyList<Value> values, Func<Value, int, string?> keyOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<Item>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            var item = new Item(i, values[i], keyOf(values[i], i) ?? Convert.ToHexStringLower(SHA256.HashData(values[i].ToUtf8Json())));
            if (!seen.Add(item.Key))
            {
                item.PassOver();
            }

            items.Add(item);
        }

        return new ItemList(items);
    }

    /// <summary>Takes up where an earlier claim of the run left off.</summary>
    public void Restore(string stepId, IReadOnlyList<AttemptRow> attempts, IReadOnlyList<TimeSpan> schedule)
    {
        var byItem = attempts.Where(attempt => attempt.StepId == stepId).ToLookup(attempt => attempt.Item, StringComparer.Ordinal);
        foreach (var item in Open.Where(item => byItem.Contains(item.Key)).ToList())
        {
            item.Restore([.. byItem[item.Key]], schedule);
        }
    }

    /// <summary>What later steps read: the answers item by item, and how many came to what.</summary>
    public Value Output() => Value.Map(
    [
        new("items", Value.List([.. items.Select(item => item.Output.IsMissingOrNull ? Value.Null : item.Output)])),
        new("done", Value.Number(Count(ItemState.Done))),
        new("failed", Value.Number(Count(ItemState.Failed))),
        new("skipped", Value.Number(Count(ItemState.Skipped))),
    ]);

    /// <summary>One sentence about what failed, or null.</summary>
    public RunError? Failure(string stepId) => items.FirstOrDefault(item => item.State == ItemState.Failed) is { Error: { } first } item
        ? new RunError(stepId, first.Code, $"{Count(ItemState.Failed)} of {items.Count} items failed. The first is item {item.Index + 1}: {first.Message}")
        : null;
}
