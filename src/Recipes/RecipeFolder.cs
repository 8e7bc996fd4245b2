using System.Collections.Concurrent;

namespace ConnectorHub.Recipes;

/// <summary>
/// The recipes folder on disk and the book made of it. A bad file touches no other: its last good version stays in use and its
/// findings say why.
/// </summary>
public sealed class RecipeFolder : IDisposable
{
    private const string SharedName = "shared.yaml";

    private static readonly EnumerationOptions Walk = new() { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden };

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly SharedFile _shared;
    private readonly Dictionary<string, string> _lastGood;
    private readonly Dictionary<string, KnownFile> _files = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private RecipeLoader _loader;
    private bool _scanned;
    private volatile RecipeBook _book = RecipeBook.Empty;
    private volatile IReadOnlyList<BookChange> _lastChanges = [];

    /// <param name="folder">All <c>*.yaml</c> below it are recipes, but for <c>shared.yaml</c> at its top.</param>
    /// <param name="loader">Its shared values are replaced by those of <c>shared.yaml</c>.</param>
    /// <param name="lastGood">The versions in use before the program last stopped.</param>
    public RecipeFolder(string folder, RecipeLoader loader, TimeProvider time, IReadOnlyList<(string Id, string Text)> lastGood)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _loader = loader;
        _time = time;
        _shared = new SharedFile(Path.Combine(_folder, SharedName), Shown(SharedName), time);
        _lastGood = lastGood.ToDictionary(kept => kept.Id, kept => kept.Text, StringComparer.Ordinal);
    }

    /// <summary>The paths of all recipe files below a folder and of its <c>shared.yaml</c>, in order.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", Walk).Where(path => path.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>True where a file is the folder's <c>shared.yaml</c> and no recipe.</summary>
    public static bool IsShared(string folder, string path) => Path.GetFullPath(path) == Path.Combine(Path.GetFullPath(folder), SharedName);

    /// <summary>The book as of the last refresh.</summary>
    public RecipeBook Book => _book;

    /// <summary>What the last refresh that changed something did, by id.</summary>
    public IReadOnlyList<BookChange> LastChanges => _lastChanges;

    public void Dispose() => _one.Dispose();

    /// <summary>Looks at the folder again; true where the book changed. Never throws for what is on the disk.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await ScanAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<bool> ScanAsync(CancellationToken cancellationToken)
    {
        var sharedChanged = await _shared.RefreshAsync(cancellationToken);
        if (sharedChanged)
        {
            _loader = _loader.WithShared(_shared.Content);
        }

        var (present, passedOver, trouble) = Present();
        var changes = new List<BookChange>();
        var read = await ReadAsync(present, sharedChanged, cancellationToken);
        foreach (var id in present.Keys.Where(read.ContainsKey))
        {
            if (await TakeAsync(id, read[id], cancellationToken) is { } change)
            {
                changes.Add(change);
            }
        }

        if (trouble is null)
        {
            RemoveAllBut(present, changes);
        }

        IReadOnlyList<Finding> findings = [.. trouble is null ? Array.Empty<Finding>() : [trouble], .. passedOver, .. _shared.Findings];
        if (_scanned && changes.Count == 0 && !sharedChanged && findings.SequenceEqual(_book.FolderFindings))
        {
            return false;
        }

        _scanned = true;
        _book = new RecipeBook(_files.Values.Select(known => known.Entry), _loader.Shared, findings);
        _lastChanges = [.. changes.OrderBy(change => change.Id, StringComparer.Ordinal)];
        return true;
    }

    /// <summary>
    /// Recipe id to path. A folder that cannot be listed is trouble, not an empty folder: an unmounted disk must not remove recipes.
    /// Names that begin with a dot are left alone, editors and Kubernetes keep their own things there.
    /// </summary>
    private (Dictionary<string, string> Present, IReadOnlyList<Finding> PassedOver, Finding? Trouble) Present()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var passedOver = new List<Finding>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(_folder, "*", Walk))
            {
                var relative = Path.GetRelativePath(_folder, path).Replace('\\', '/');
                if (relative.EndsWith(".yml", StringComparison.Ordinal))
                {
                    passedOver.Add(new Finding(Shown(relative), 1, 1, Severity.Warning, FindingCodes.Unreadable, "the file is not read: a recipe's name ends in '.yaml'. Rename it."));
                }
                else if (relative.EndsWith(".yaml", StringComparison.Ordinal) && !string.Equals(relative, SharedName, StringComparison.Ordinal))
                {
                    found[relative[..^".yaml".Length]] = path;
                }
            }

            return (found, passedOver, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var why = failure is DirectoryNotFoundException ? "is not there" : "cannot be listed";
            var message = $"the recipes folder {why}. Recipes that were loaded stay in use; it is tried again at the next refresh. Check 'Hub:RecipesFolder' and its rights.";
            return (found, passedOver, new Finding(Path.GetFileName(_folder), 1, 1, Severity.Error, FindingCodes.Unreadable, message));
        }
    }

    private void RemoveAllBut(Dictionary<string, string> present, List<BookChange> changes)
    {
        // What was kept from before the start counts too: its file may have gone while nobody looked.
        foreach (var gone in _files.Keys.Union(_lastGood.Keys).Except(present.Keys).ToList())
        {
            _files.Remove(gone);
            _lastGood.Remove(gone);
            changes.Add(new BookChange(gone, BookChangeKind.Removed));
        }
    }

    /// <summary>Reads and checks what changed, files beside each other: a check is work for the processor and knows nothing of the other files.</summary>
    private async Task<ConcurrentDictionary<string, ReadFile>> ReadAsync(Dictionary<string, string> present, bool reload, CancellationToken cancellationToken)
    {
        var read = new ConcurrentDictionary<string, ReadFile>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(present, options, async (file, token) =>
        {
            var (id, path) = file;
            var stamp = FileStamp.Of(path);
            var known = _files.GetValueOrDefault(id);
            if (known is not null && !reload && known.Memory.IsStill(stamp))
            {
                return;
            }

            var text = await RecipeText.FromAsync(path, token);
            var memory = new FileMemory(stamp, text.Identity, text.Again, _time.GetUtcNow());
            var same = known is not null && !reload && string.Equals(known.Memory.Content, text.Identity, StringComparison.Ordinal);
            read[id] = new ReadFile(memory, same ? null : await LoadAsync(id, text, token));
        });
        return read;
    }

    private async Task<BookChange?> TakeAsync(string id, ReadFile read, CancellationToken cancellationToken)
    {
        var known = _files.GetValueOrDefault(id);
        if (read.Loaded is null)
        {
            _files[id] = known! with { Memory = read.Memory };
            return null;
        }

        var entry = (await EntryAsync(id, read.Loaded, known?.Entry, cancellationToken)) with { Content = read.Memory.Content };
        _files[id] = new KnownFile(read.Memory, entry);
        return new BookChange(id, entry switch
        {
            { Live: null } => BookChangeKind.Broken,
            { IsLastGood: true } => BookChangeKind.KeptLastGood,
            _ => BookChangeKind.Loaded,
        });
    }

    private async Task<LoadedRecipe> LoadAsync(string id, RecipeText text, CancellationToken cancellationToken) => text switch
    {
        RecipeText.Read read => await _loader.LoadAsync(Shown($"{id}.yaml"), id, read.Text, cancellationToken),
        RecipeText.Unreadable unreadable => new LoadedRecipe(id, null, [new Finding(Shown($"{id}.yaml"), 1, 1, Severity.Error, unreadable.Code, unreadable.Message)]),
        _ => new LoadedRecipe(id, null, []),
    };

    private async Task<BookEntry> EntryAsync(string id, LoadedRecipe loaded, BookEntry? before, CancellationToken cancellationToken)
    {
        var file = Shown($"{id}.yaml");
        if (loaded.Recipe is { } recipe)
        {
            _lastGood[id] = recipe.Text;
            return new BookEntry(id, file, recipe, false, loaded.Findings, recipe.When);
        }

        var good = before?.Live ?? await KeptAsync(id, file, cancellationToken);
        return new BookEntry(id, file, good, good is not null, loaded.Findings, good?.When ?? loaded.When ?? before?.When);
    }

    /// <summary>The version kept from before the start, where it can still be used.</summary>
    private async Task<Recipe?> KeptAsync(string id, string file, CancellationToken cancellationToken) =>
        _lastGood.TryGetValue(id, out var kept) ? (await _loader.LoadAsync(file, id, kept, cancellationToken)).Recipe : null;

    private string Shown(string relative) => $"{Path.GetFileName(_folder)}/{relative}";

    /// <param name="Loaded">Null where the file says what it said before.</param>
    private sealed record ReadFile(FileMemory Memory, LoadedRecipe? Loaded);

    private sealed record KnownFile(FileMemory Memory, BookEntry Entry);
}
