using System.Xml.Linq;

namespace ConnectorHub.Tests.Unit.Architecture;

/// <summary>The files of the repository this test was built from.</summary>
internal static class SourceTree
{
    private static readonly string[] NotSources = ["bin", "obj", "TestResults", "results", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>All files below a folder, as paths from the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path) ? Walk(path).Where(file => endings.Length == 0 || endings.Any(file.EndsWith)).Order() : [];
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static bool Exists(string file) => File.Exists(Path.Combine(Root, file));

    /// <summary>What a project references: of its own file and of the targets and props it imports from the house.</summary>
    public static IEnumerable<XElement> Items(string project, string kind)
    {
        var document = XDocument.Parse(Read(project));
        var own = document.Descendants().Where(element => element.Name.LocalName == kind && element.Attribute("Include") is not null);
        var imported = document.Descendants()
            .Where(element => element.Name.LocalName == "Import" && element.Attribute("Project") is not null)
            .Select(element => Beside(project, element.Attribute("Project")!.Value))
            .Where(Exists)
            .SelectMany(file => Items(file, kind));
        return own.Concat(imported);
    }

    /// <summary>A path written in a project file, as a path from the root.</summary>
    public static string Beside(string project, string relative)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, project))!;
        var plain = relative.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal);
        return FromRoot(Path.GetFullPath(Path.Combine(folder, plain)));
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Select(FromRoot).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(below => !NotSources.Contains(Path.GetFileName(below)))
                .SelectMany(Walk));

    private static string FromRoot(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ConnectorHub.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No ConnectorHub.sln above {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
