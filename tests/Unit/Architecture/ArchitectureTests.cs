using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.Unit.Architecture;

/// <summary>Holds the house to its plan. Each test lists everything that is wrong, not the first of it.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void Every_project_outside_tests_is_a_room_of_the_table()
    {
        var known = House.Rooms.Select(room => room.Folder).ToHashSet();
        AssertNone(Projects().Where(project => !known.Contains(FolderOf(project))).Select(project => $"{project} is no room"));
        Assert.NotEmpty(Projects());
    }

    [Fact]
    public void Arrows_between_rooms_point_as_drawn() =>
        AssertNone(
            from project in Projects()
            let room = RoomOf(project)
            from reference in SourceTree.Items(project, "ProjectReference")
            let target = FolderOf(SourceTree.Beside(project, reference.Attribute("Include")!.Value))
            where !room.Rooms.Contains(target) && !IsStartedProgram(room, target, reference.Attribute("ReferenceOutputAssembly")?.Value)
            select $"{project} references {target}; {room.Folder} may reference: {Listed(room.Rooms)}");

    [Fact]
    public void A_package_lives_in_its_room_only() =>
        AssertNone(
            from project in Projects()
            let room = RoomOf(project)
            from reference in SourceTree.Items(project, "PackageReference")
            let package = reference.Attribute("Include")!.Value
            where !room.Packages.Contains(package) && !ExtensionsAbstractions().IsMatch(package)
            select $"{project} references {package}; {room.Folder} may reference: {Listed(room.Packages)}");

    [Fact]
    public void No_room_names_the_library_of_another() =>
        AssertNone(
            from file in SourceTree.Files("src", ".cs").Concat(SourceTree.Files("connectors", ".cs"))
            from library in House.Libraries
            where !library.Folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal))
            from name in library.Namespaces
            let line = Array.FindIndex(SourceTree.Read(file).Split('\n'), text => Names(text, name)) + 1
            where line > 0
            select $"{file}({line}) names {name}; only {Listed(library.Folders)} may");

    [Fact]
    public void Nothing_but_the_agreed_entries_stands_at_the_top() =>
        AssertNone(
            from entry in Directory.EnumerateFileSystemEntries(SourceTree.Root).Select(path => Path.GetFileName(path)!)
            where !House.TopLevel.Contains(entry) && !House.Leftovers.Contains(entry) && !entry.EndsWith(".user", StringComparison.Ordinal)
            select $"{entry} does not belong at the top level");

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() =>
        AssertNone(
            from file in TextFiles()
            let lines = SourceTree.Read(file).Split('\n')
            let line = Array.FindIndex(lines, text => MachinePath().IsMatch(text)) + 1
            where line > 0
            select $"{file}({line}) holds a path of one machine: {lines[line - 1].Trim()}");

    [Fact]
    public void The_map_in_src_names_every_room()
    {
        Assert.SkipUnless(SourceTree.Exists("src/README.md"), "src/README.md is not written yet.");
        var map = SourceTree.Read("src/README.md");
        AssertNone(
            from project in Projects()
            let folder = FolderOf(project)
            let name = folder[(folder.LastIndexOf('/') + 1)..]
            where !Regex.IsMatch(map, $@"`(src/)?{Regex.Escape(name)}/?`")
            select $"src/README.md does not name `{name}`");
    }

    [Fact]
    public void A_file_holds_one_thought() =>
        AssertNone(
            from file in SourceTree.Files("src", ".cs").Concat(SourceTree.Files("connectors", ".cs"))
            let lines = File.ReadLines(Path.Combine(SourceTree.Root, file)).Count()
            where lines > House.MaxLines && !House.LongFiles.Contains(file)
            select $"{file} has {lines} lines; {House.MaxLines} are allowed");

    [Fact]
    public void An_exemption_no_longer_needed_is_removed() =>
        AssertNone(
            from file in House.LongFiles
            where !SourceTree.Exists(file) || File.ReadLines(Path.Combine(SourceTree.Root, file)).Count() <= House.MaxLines
            select $"{file} needs no exemption any more");

    private static IEnumerable<string> Projects() =>
        SourceTree.Files("src", ".csproj").Concat(SourceTree.Files("connectors", ".csproj"));

    private static IEnumerable<string> TextFiles() =>
        House.TopLevel
            .Where(entry => Directory.Exists(Path.Combine(SourceTree.Root, entry)) && entry != ".git")
            .SelectMany(folder => SourceTree.Files(
                folder, ".cs", ".csproj", ".props", ".targets", ".json", ".md", ".yaml", ".sql", ".js", ".cshtml", ".css", "/run"))
            .Concat(House.TopLevel.Where(SourceTree.Exists));

    private static string FolderOf(string project) => Path.GetDirectoryName(project)!.Replace('\\', '/');

    private static Room RoomOf(string project) =>
        House.Rooms.SingleOrDefault(room => room.Folder == FolderOf(project)) ?? new Room(FolderOf(project), [], []);

    // The script host is a program the gateway ships and starts; its code is never linked.
    private static bool IsStartedProgram(Room room, string target, string? linksCode) =>
        room.Folder == "src/Gateway" && target == "src/ScriptHost" && linksCode == "false";

    private static bool Names(string line, string name) =>
        !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(line, $@"(?<![\w.""]){Regex.Escape(name)}(\.|;)");

    private static string Listed(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);

    // Assert.Empty would cut the list short.
    private static void AssertNone(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"^Microsoft\.Extensions\.([A-Za-z.]+\.)?Abstractions$")]
    private static partial Regex ExtensionsAbstractions();

    // A folder of one machine at the start of a path: a home, the superuser's home, a mounted work folder, a user's profile.
    [GeneratedRegex(@"(?<![\w.}-])[/](home|work|root|Users)[/]\w|[A-Z]:[\\](?:Users)[\\]")]
    private static partial Regex MachinePath();
}
