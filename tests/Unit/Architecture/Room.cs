namespace ConnectorHub.Tests.Unit.Architecture;

/// <summary>One row of the rooms table: what a project may reference.</summary>
/// <param name="Folder">From the root of the repository, with forward slashes.</param>
/// <param name="Rooms">Folders of the projects it may reference.</param>
/// <param name="Packages">Packages it may reference besides the abstractions of Microsoft.Extensions.</param>
internal sealed record Room(string Folder, string[] Rooms, string[] Packages);

/// <summary>A third-party library and the only folders whose code may name it.</summary>
internal sealed record Library(string[] Namespaces, string[] Folders);

/// <summary>The house, as data. A change here is a decision and belongs into <c>src/decisions</c>.</summary>
internal static class House
{
    /// <summary>Every project outside <c>tests</c>.</summary>
    public static readonly IReadOnlyList<Room> Rooms =
    [
        new("src/Abstractions", [], []),
        new("src/Values", ["src/Abstractions"], ["NodaTime"]),
        new("src/Recipes", ["src/Values"], ["YamlDotNet"]),
        new("src/Scripting", ["src/Abstractions"], []),
        new("src/ScriptHost", ["src/Values"], ["Jint", "Microsoft.TypeScript.MSBuild"]),
        new("src/Runs", ["src/Recipes", "src/Scripting"], []),
        new("src/Storage", ["src/Runs"], ["Dapper", "Microsoft.Data.Sqlite.Core", "Npgsql", "SQLitePCLRaw.bundle_e_sqlite3"]),
        new("src/Scheduling", ["src/Runs"], ["Quartz"]),
        new("src/Web", ["src/Runs"], ["BlazorMonaco"]),
        new(
            "src/Gateway",
            [
                "connectors", "src/Abstractions", "src/Recipes", "src/Runs", "src/Scheduling", "src/Scripting", "src/Storage",
                "src/Values", "src/Web",
            ],
            ["Microsoft.AspNetCore.OpenApi", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "System.CommandLine"]),
        new("connectors", ["src/Abstractions"], ["Google.Apis.Auth"]),
    ];

    /// <summary>
    /// Who may name what. Recipes and Runs hand NodaTime's zones and instants through; they never reference its package.
    /// </summary>
    public static readonly IReadOnlyList<Library> Libraries =
    [
        new(["NodaTime"], ["src/Values", "src/Recipes", "src/Runs"]),
        new(["YamlDotNet"], ["src/Recipes"]),
        new(["Jint", "Esprima", "Acornima"], ["src/ScriptHost"]),
        new(["Microsoft.Data.Sqlite", "SQLitePCL", "Npgsql", "Dapper"], ["src/Storage"]),
        new(["Quartz"], ["src/Scheduling"]),
        new(["System.CommandLine", "OpenTelemetry"], ["src/Gateway"]),
        new(["Microsoft.AspNetCore"], ["src/Gateway", "src/Web"]),
        new(["Google.Apis"], ["connectors"]),
    ];

    /// <summary>What may stand beside <c>src</c>.</summary>
    public static readonly IReadOnlyList<string> TopLevel =
    [
        "src", "connectors", "recipes", "tests", "ConnectorHub.sln", "appsettings.example.json", "README.md",
        ".ci", ".editorconfig", ".git", ".gitattributes", ".gitignore", "BannedSymbols.txt", "CHANGELOG.md",
        "Directory.Build.props", "Directory.Packages.props", "NOTICE", "global.json",
    ];

    /// <summary>What a build, a test run, an editor or an operator leaves at the top; .gitignore names them too.</summary>
    public static readonly IReadOnlyList<string> Leftovers =
        ["bin", "obj", ".vs", ".idea", "data", "appsettings.json", "secrets", "results", "TestResults"];

    /// <summary>Files of src and connectors that may be longer than <see cref="MaxLines"/>.</summary>
    public static readonly IReadOnlyList<string> LongFiles = [];

    /// <summary>Past this a file holds two thoughts.</summary>
    public const int MaxLines = 300;
}
