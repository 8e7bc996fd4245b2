using ConnectorHub.Values;

namespace ConnectorHub.Recipes;

/// <summary>One recipe file as it stands.</summary>
/// <param name="Live">What runs are opened with; null where there is nothing that could be.</param>
/// <param name="IsLastGood">True where the file is broken and <paramref name="Live"/> is an older version of it.</param>
/// <param name="When">Which events it wants, read leniently where it is broken; null where that cannot be told.</param>
public sealed record BookEntry(string Id, string File, Recipe? Live, bool IsLastGood, IReadOnlyList<Finding> Findings, Trigger? When)
{
    /// <summary>Tells one content of the file from another; empty where nothing of it could be read.</summary>
    public string Content { get; init; } = string.Empty;

    /// <summary>True where what stands in the file is not in use.</summary>
    public bool IsRejected => (IsLastGood || Live is null) && Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>All recipes at one moment. Immutable; asked on the path of every event.</summary>
public sealed class RecipeBook
{
    private readonly Dictionary<(string Source, string Type), Wanted> _wanting = [];
    private readonly Dictionary<string, BookEntry> _byId;

    /// <param name="shared">What recipes see as <c>shared</c>.</param>
    /// <param name="folderFindings">What is wrong with the folder or <c>shared.yaml</c>.</param>
    public RecipeBook(IEnumerable<BookEntry> entries, Value shared, IReadOnlyList<Finding> folderFindings)
    {
        Entries = [.. entries.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
        Shared = shared;
        FolderFindings = folderFindings;
        _byId = Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var wanted =
            from entry in Entries
            let trigger = Trigger(entry)
            where trigger is not null
            from type in trigger.Events
            group entry by (trigger.Source, type);
        foreach (var group in wanted)
        {
            _wanting[group.Key] = new Wanted([.. group], group.Any(entry => Trigger(entry)!.Connection is not null));
        }
    }

    /// <summary>No recipes.</summary>
    public static RecipeBook Empty { get; } = new([], Value.Map([]), []);

    /// <summary>By id.</summary>
    public IReadOnlyList<BookEntry> Entries { get; }

    /// <summary>What recipes see as <c>shared</c>.</summary>
    public Value Shared { get; }

    /// <summary>What is wrong with the folder itself or with <c>shared.yaml</c>; the last good content of both stays in use.</summary>
    public IReadOnlyList<Finding> FolderFindings { get; }

    public BookEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The entries that want an event, by id: recipes that are not off, and broken files without a last good version whose
    /// <c>when</c> can still be read.
    /// </summary>
    public IReadOnlyList<BookEntry> Wanting(string source, string type, string connection)
    {
        if (!_wanting.TryGetValue((source, type), out var wanted))
        {
            return [];
        }

        return wanted.Narrowed ? Array.FindAll(wanted.Entries, entry => Fits(entry, connection)) : wanted.Entries;
    }

    private static bool Fits(BookEntry entry, string connection) =>
        Trigger(entry)!.Connection is not { } named || string.Equals(named, connection, StringComparison.Ordinal);

    private static EventTrigger? Trigger(BookEntry entry) => (entry.Live switch
    {
        { Mode: RecipeMode.Off } => null,
        { } live => live.When,
        null => entry.When,
        // A firing belongs to one recipe; nobody else is asked.
    }) as EventTrigger;

    /// <param name="Narrowed">One of them at least wants the events of one connection only.</param>
    private sealed record Wanted(BookEntry[] Entries, bool Narrowed);
}

/// <summary>What a refresh did with a recipe.</summary>
public enum BookChangeKind
{
    /// <summary>Read and in use.</summary>
    Loaded,

    /// <summary>The file is broken; its last good version stays in use.</summary>
    KeptLastGood,

    /// <summary>The file is broken and no version of it can be used.</summary>
    Broken,

    /// <summary>The file is gone.</summary>
    Removed,
}

/// <summary>One change of the book.</summary>
public sealed record BookChange(string Id, BookChangeKind Kind);
