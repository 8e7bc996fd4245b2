using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Commands;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>No command without a test of what it prints: the list is the program's own.</summary>
public sealed partial class EveryCommandTests
{
    /// <summary>What cannot be called in a test's own process, and the test that holds it instead.</summary>
    private static readonly Dictionary<string, (string Test, string Mark)> HeldElsewhere = new(StringComparer.Ordinal)
    {
        ["serve"] = ("EndToEnd/Commands/CommandTests.cs", "\"serve\""),
        ["demo"] = ("EndToEnd/Commands/CommandTests.cs", "\"demo\""),
        ["schedules"] = ("Gateway/ScheduleActsTests.cs", "SchedulesCommand.Print"),
        ["schedules run"] = ("Gateway/ScheduleActsTests.cs", "/run"),
        ["schedules pause"] = ("Gateway/ScheduleActsTests.cs", "/pause"),
        ["schedules change"] = ("Gateway/ScheduleActsTests.cs", "/change"),
        ["schedules resume"] = ("Gateway/ScheduleActsTests.cs", "/resume"),
        ["schedules remove"] = ("Gateway/PlanTests.cs", "/remove"),
    };

    /// <summary>What prints no JSON, and why.</summary>
    private static readonly Dictionary<string, string> WithoutJson = new(StringComparer.Ordinal)
    {
        ["serve"] = "what it prints is its log; Hub:Logs says Json where a program reads it",
        ["demo"] = "it shows a person the path of an event, and its events are made up",
    };

    private static readonly List<Call> Calls = [.. Directory.GetFiles(Path.Combine(Transcript.Root, Transcript.Folder), "*.txt").SelectMany(ReadCalls)];

    public static TheoryData<string> Names => [.. All(HubCommands.Root(), string.Empty).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_is_held_in_what_it_prints_as_text_as_JSON_and_where_it_fails(string name)
    {
        if (HeldElsewhere.TryGetValue(name, out var held))
        {
            Assert.Contains(held.Mark, File.ReadAllText(Path.Combine(Transcript.Root, "tests", held.Test)), StringComparison.Ordinal);
            return;
        }

        var command = All(HubCommands.Root(), string.Empty).Single(one => one.Name == name).Command;
        var calls = Calls.Where(call => call.Name == name).ToList();
        Assert.True(calls.Exists(call => call is { Json: false, Said: true }), $"'{name}' has no test of what it prints. Call it in a test with a Transcript; see {Transcript.Folder}.");
        Assert.True(calls.Exists(call => call.ExitCode != 0), $"'{name}' has no test of what it says when it fails, such as with an id that is not there.");
        Assert.True(!command.Options.Contains(HubCommands.AsJson) || calls.Exists(call => call is { Json: true, Said: true }), $"'{name} --json' has no test of what it prints.");
    }

    [Fact]
    public void Every_command_takes_json_or_has_a_reason_not_to() => Assert.Equal(
        WithoutJson.Keys.Order(StringComparer.Ordinal),
        All(HubCommands.Root(), string.Empty).Where(one => !one.Command.Options.Contains(HubCommands.AsJson)).Select(one => one.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_command_and_option_explains_itself_in_a_sentence() => Assert.All(
        All(HubCommands.Root(), string.Empty).SelectMany(one => one.Command.Options.Cast<Symbol>().Concat(one.Command.Arguments).Append(one.Command).Where(symbol => symbol is not Option { Name: "--help" or "--version" })),
        symbol => Assert.Matches(@"^\S.*[.)]$", symbol.Description ?? string.Empty));

    [Fact]
    public void The_table_in_the_readme_has_every_command()
    {
        var readme = File.ReadAllText(Path.Combine(Transcript.Root, "README.md"));

        Assert.All(HubCommands.Root().Subcommands, command => Assert.Matches($@"(?m)^\|[^|\n]*`{command.Name}[ `]", readme.Replace(@"\|", string.Empty, StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_that_was_held_is_held_no_more()
    {
        Assert.False(File.Exists(Path.Combine(Transcript.Root, Transcript.Switch)), $"{Transcript.Switch} is still there: remove it once the texts are written.");
        var tests = string.Concat(Directory.GetFiles(Path.Combine(Transcript.Root, "tests/Gateway"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(Directory.GetFiles(Path.Combine(Transcript.Root, Transcript.Folder), "*.txt"), file =>
            Assert.Contains($"Transcript(\"{Path.GetFileNameWithoutExtension(file)}\")", tests, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, Command Command)> All(Command parent, string path) => parent.Subcommands.SelectMany(command =>
    {
        var name = path.Length == 0 ? command.Name : $"{path} {command.Name}";
        // A command that only gathers others prints nothing itself.
        return All(command, name).Prepend((name, command)).Where(one => one.Item2.Action is not null);
    });

    private static IEnumerable<Call> ReadCalls(string file)
    {
        foreach (var part in File.ReadAllText(file).Split("$ connectorhub ", StringSplitOptions.RemoveEmptyEntries))
        {
            var line = part.Split('\n')[0];
            var result = HubCommands.Root().Parse([.. CommandLineParser.SplitCommandLine(line)]);
            var names = new List<string>();
            for (SymbolResult? at = result.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            {
                names.Insert(0, command.Command.Name);
            }

            var exit = ExitCode().Match(part);
            yield return new Call(string.Join(' ', names), line.Contains("--json", StringComparison.Ordinal), int.Parse(exit.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), exit.Index > line.Length + 1 && !part[(line.Length + 1)..].StartsWith("! ", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"^= (\d+)$", RegexOptions.Multiline)]
    private static partial Regex ExitCode();

    /// <param name="Said">It printed something that is no error.</param>
    private sealed record Call(string Name, bool Json, int ExitCode, bool Said);
}
