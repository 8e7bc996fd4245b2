using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Commands;

namespace ConnectorHub.Tests.Gateway.Service;

/// <summary>The operator's page holds nothing that the program does not.</summary>
public sealed partial class OperatorPageTests
{
    public static string Page => File.ReadAllText(Path.Combine(Root, "src/Gateway/README.md"));

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "ConnectorHub.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return folder;
        }
    }

    [Fact]
    public void Every_command_on_the_page_is_one_the_program_takes()
    {
        var commands = Command().Matches(Page).Select(match => match.Groups[1].Value.Trim()).ToList();

        Assert.True(commands.Count > 15, "The page must hold commands.");
        Assert.All(commands, command =>
        {
            var call = HubCommands.Root().Parse([.. CommandLineParser.SplitCommandLine(command)]);
            Assert.True(call.Errors.Count == 0, $"{command}: {string.Join(' ', call.Errors.Select(error => error.Message))}");
            Assert.NotEqual(call.RootCommandResult, call.CommandResult);
        });
    }

    [Fact]
    public void Every_file_the_page_copies_or_links_is_there() => Assert.All(
        Linked().Matches(Page).Select(match => Path.Combine(Root, "src/Gateway", match.Groups[1].Value)).Append(Path.Combine(Root, "appsettings.example.json")),
        file => Assert.True(File.Exists(file), file));

    [Fact]
    public async Task The_unit_of_systemd_is_well_formed()
    {
        const string Tool = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(Tool), "systemd-analyze is not on this machine.");
        // Its program is not installed here, so another one stands in for it.
        var unit = Path.Combine(Directory.CreateTempSubdirectory("connectorhub-unit-").FullName, "connectorhub.service");
        var text = await File.ReadAllTextAsync(Path.Combine(Root, "src/Gateway/Service/connectorhub.service"), TestContext.Current.CancellationToken);
        Assert.Contains("ExecStart=/opt/connectorhub/connectorhub serve --settings", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(unit, text.Replace("/opt/connectorhub/connectorhub", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(Tool, ["verify", unit]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(Path.GetDirectoryName(unit)!, recursive: true);

        Assert.True(process.ExitCode == 0 && !said.Contains("connectorhub.service:", StringComparison.Ordinal), said);
    }

    [Fact]
    public void The_unit_lets_script_hosts_lock_themselves_up()
    {
        var unit = File.ReadAllText(Path.Combine(Root, "src/Gateway/Service/connectorhub.service"));
        var allowed = unit.Split('\n').Where(line => line.StartsWith("SystemCallFilter=", StringComparison.Ordinal)).SelectMany(line => line["SystemCallFilter=".Length..].Split(' ')).ToList();

        // @system-service has none of them in systemd 252, and what is not allowed would end the process: no script would ever run.
        Assert.Superset(new HashSet<string> { "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self" }, allowed.ToHashSet());
        Assert.Contains("\nSystemCallErrorNumber=EPERM\n", unit, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ *connectorhub ([a-z].*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\(((?:Settings|Service)/[^)]+)\)")]
    private static partial Regex Linked();
}
