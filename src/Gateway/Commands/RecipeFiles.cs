using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Scripting;
using Microsoft.Extensions.Logging.Abstractions;
using Value = ConnectorHub.Values.Value;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Recipe files loaded for a look, without a gateway: for <c>check</c> and <c>test</c>.</summary>
internal sealed class RecipeFiles : IAsyncDisposable
{
    private readonly ScriptPool _pool;
    private readonly IReadOnlyList<string> _files;
    private readonly string _path;
    private readonly RecipeLoader _loader;

    private RecipeFiles(HubSetup setup, string path, IReadOnlyList<string> files)
    {
        (_path, _files) = (path, files);
        // A look leaves nothing behind where no hub lives.
        var dataFolder = Directory.Exists(setup.Settings.Hub.DataFolder) ? setup.Settings.Hub.DataFolder : null;
        // Its few scripts are read one after the other: a second host would take longer to start than it saves.
        _pool = new ScriptPool(setup.Settings.Scripts.ToPoolOptions(dataFolder) with { Spare = false, Hosts = 1 }, TimeProvider.System, NullLogger<ScriptPool>.Instance);
        Scripts = new RunScripts(_pool);
        var connections = setup.FromFile ? setup.ConnectorsByConnection : null;
        _loader = new RecipeLoader(ConnectorCatalog.All, connections, HubZone.Find(setup.Settings.Hub.Zone), Scripts.CheckAsync, Value.Missing)
        {
            GiveUpAfter = setup.Settings.Runs.GiveUpAfter,
        };
        Folder = new RecipeFolder(path, _loader, TimeProvider.System, []);
    }

    public RunScripts Scripts { get; }

    public RecipeFolder Folder { get; }

    /// <summary>The recipes asked for: the named files, or the whole folder.</summary>
    public IEnumerable<BookEntry> Entries => _files.Count == 0
        ? Folder.Book.Entries
        : Folder.Book.Entries.Where(entry => _files.Contains(Path.GetFullPath(Path.Combine(_path, $"{entry.Id}.yaml"))));

    public static async Task<RecipeFiles> LoadAsync(HubSetup setup, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var folder = FolderFor(setup, files);
        var recipes = new RecipeFiles(setup, folder, [.. files.Where(File.Exists).Select(Path.GetFullPath)]);
        await recipes.Folder.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return recipes;
    }

    /// <summary>The recipe folder of files as <see cref="ByFolder"/> groups them.</summary>
    public static string FolderFor(HubSetup setup, IReadOnlyList<string> files)
    {
        var folder = FolderOf(setup.Settings, files);
        return Directory.Exists(folder)
            ? folder
            : throw new CommandFailedException($"There is no recipe folder '{folder}'. Name a file or a folder, or set Hub:RecipesFolder.");
    }

    /// <summary>Reads another text as a recipe of this folder, with its shared values.</summary>
    public ValueTask<LoadedRecipe> CompileAsync(string file, string id, string text, CancellationToken cancellationToken) =>
        _loader.WithShared(Folder.Book.Shared).LoadAsync(file, id, text, cancellationToken);

    /// <summary>The files as asked for, those of one recipe folder together: <c>shared.yaml</c> and ids belong to a folder.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ByFolder(HubSetup setup, IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return [[]];
        }

        var other = files.FirstOrDefault(file => File.Exists(file) && !file.EndsWith(".yaml", StringComparison.Ordinal));
        return other is null
            ? [.. files.GroupBy(file => (FolderOf(setup.Settings, [file]), Directory.Exists(file))).Select(group => group.ToList())]
            : throw new CommandFailedException($"'{other}' is not a recipe: the name of a recipe file ends in .yaml.");
    }

    /// <summary>Where a file that a finding names stands, from the working folder.</summary>
    public string PlaceOf(Finding finding)
    {
        var below = finding.File[(finding.File.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_path, below)).Replace('\\', '/');
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return _pool.DisposeAsync();
    }

    private static string FolderOf(HubSettings settings, IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return settings.Hub.RecipesFolder;
        }

        foreach (var file in files)
        {
            if (!File.Exists(file) && !Directory.Exists(file))
            {
                throw new CommandFailedException($"There is no file or folder '{file}'.");
            }
        }

        if (Directory.Exists(files[0]))
        {
            return files[0];
        }

        // A recipe's id is its path below the recipe folder; outside of it a file stands for itself.
        var full = Path.GetFullPath(files[0]);
        var recipes = Path.GetFullPath(settings.Hub.RecipesFolder) + Path.DirectorySeparatorChar;
        return full.StartsWith(recipes, StringComparison.Ordinal) ? settings.Hub.RecipesFolder : Path.GetDirectoryName(full)!;
    }
}
