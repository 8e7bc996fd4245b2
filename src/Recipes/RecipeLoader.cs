using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Reading;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>What is wrong with a script.</summary>
/// <param name="Line">Within the code, from 1.</param>
/// <param name="Column">Within the code, from 1.</param>
public sealed record ScriptProblem(string Message, int Line, int Column);

/// <summary>Checks the syntax of a script; null where it can be read.</summary>
public delegate ValueTask<ScriptProblem?> ScriptCheck(string code, CancellationToken cancellationToken);

/// <summary>What reading a file came to.</summary>
/// <param name="Recipe">Null where a finding is an error.</param>
/// <param name="Findings">All of them, sorted by place.</param>
public sealed record LoadedRecipe(string Id, Recipe? Recipe, IReadOnlyList<Finding> Findings)
{
    /// <summary>Which events the file wants, as far as that can be read from a broken one.</summary>
    public Trigger? When { get; init; }
}

/// <summary>Reads recipe files and checks them against the connectors, the connections and the samples there are.</summary>
public sealed class RecipeLoader
{
    private readonly Catalog _catalog;
    private readonly DateTimeZone? _hubZone;
    private readonly ScriptCheck _scripts;

    /// <param name="connections">Name to connector; null: connections are not judged.</param>
    /// <param name="hubZone">The zone of recipes that name none.</param>
    /// <param name="shared">The content of <c>shared.yaml</c>; Missing: shared names are not judged.</param>
    public RecipeLoader(
        IReadOnlyList<IConnector> connectors,
        IReadOnlyDictionary<string, string>? connections,
        DateTimeZone? hubZone,
        ScriptCheck scripts,
        Value shared)
        : this(new Catalog(connectors, connections), hubZone, scripts, shared)
    {
    }

    private RecipeLoader(Catalog catalog, DateTimeZone? hubZone, ScriptCheck scripts, Value shared)
    {
        _catalog = catalog;
        _hubZone = hubZone;
        _scripts = scripts;
        Shared = shared;
    }

    /// <summary>What recipes see as <c>shared</c>.</summary>
    public Value Shared { get; }

    /// <summary>How long a run is tried at most: the hub's setting <c>Runs:GiveUpAfter</c>.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The same loader for other shared values.</summary>
    public RecipeLoader WithShared(Value shared) => new(_catalog, _hubZone, _scripts, shared) { GiveUpAfter = GiveUpAfter };

    /// <summary>Reads one file's text. Never throws for what the text holds.</summary>
    /// <param name="file">As findings show it.</param>
    /// <param name="id">The file's path below the recipes folder, without extension, with '/'.</param>
    public async ValueTask<LoadedRecipe> LoadAsync(string file, string id, string text, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var shown = text.StartsWith('\uFEFF') ? text[1..] : text;
        var reading = new RecipeFile(file, shown, _catalog, Shared) { Zone = _hubZone, GiveUpAfter = GiveUpAfter };
        var reader = new RecipeReader(reading);
        var recipe = reader.Read(id, text, hash);
        await ScriptSyntax.CheckAsync(reading, _scripts, cancellationToken);
        return new LoadedRecipe(id, reading.Findings.HasErrors ? null : recipe, reading.Findings.Sorted()) { When = reader.When };
    }
}
