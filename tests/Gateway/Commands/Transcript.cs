using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using ConnectorHub.Gateway.Commands;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>
/// Commands as a person types them, and to the letter what comes back: <c>$</c> the command, <c>!</c> the error stream, <c>=</c> the exit code.
/// Kept in <c>Golden</c>. After a change of words put an empty file at <see cref="Switch"/>, run the tests once and read what changed.
/// </summary>
internal sealed class Transcript(string name, string settings, Masks masks)
{
    public const string Folder = "tests/Gateway/Commands/Golden";
    public const string Switch = $"{Folder}/regenerate";

    /// <summary>Commands that print as long as they run.</summary>
    private static readonly string[] Lasting = ["learn"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _text = new();

    public static string Root { get; } = FindRoot();

    /// <summary>Calls a command and writes down what it says.</summary>
    /// <returns>What it printed, as it was printed.</returns>
    public async Task<string> CallAsync(string command)
    {
        string[] arguments = [.. CommandLineParser.SplitCommandLine(command)];
        var (exitCode, output, error) = await FlowingConsole.ReadAsync(() => HubCommands.RunAsync([.. arguments, "--settings", settings])).WaitAsync(Patience);
        if (arguments.Contains(HubCommands.AsJson.Name))
        {
            HoldJson(command, output);
        }

        _text.Append("$ connectorhub ").Append(masks.Of(command)).Append('\n').Append(masks.Of(output));
        foreach (var line in masks.Of(error).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _text.Append("! ").Append(line).Append('\n');
        }

        _text.Append("= ").Append(exitCode).Append("\n\n");
        return output;
    }

    /// <summary>Compares with what is kept.</summary>
    public async Task HoldAsync()
    {
        var file = Path.Combine(Root, Folder, $"{name}.txt");
        if (File.Exists(Path.Combine(Root, Switch)))
        {
            await File.WriteAllTextAsync(file, _text.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(file), $"{file} is not there. Put an empty file at {Switch}, run the tests once and read what they wrote.");
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), _text.ToString());
    }

    // One document, however much was asked for; what goes on saying something says one a line. Nothing where it failed.
    private static void HoldJson(string command, string output)
    {
        IEnumerable<string> documents = Lasting.Contains(command.Split(' ')[0]) && !command.Contains("--end", StringComparison.Ordinal) ? output.Split('\n') : [output];
        foreach (var document in documents.Where(text => text.Length > 0))
        {
            try
            {
                using var read = JsonDocument.Parse(document);
            }
            catch (JsonException)
            {
                Assert.Fail($"connectorhub {command} prints what is not one JSON document:\n{document}");
            }
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ConnectorHub.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
