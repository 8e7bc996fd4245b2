using System.CommandLine;
using System.CommandLine.Parsing;
using ConnectorHub.Gateway.Commands.Acts;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Gateway.Commands;

/// <summary>The command line: one executable, one command a job.</summary>
internal static class HubCommands
{
    /// <summary>The settings file; the usual place is the working folder.</summary>
    public static readonly Option<string> SettingsFile = new("--settings")
    {
        Description = "The settings file.",
        DefaultValueFactory = _ => "appsettings.json",
        Recursive = true,
    };

    /// <summary>Machine-readable output.</summary>
    public static readonly Option<bool> AsJson = new("--json") { Description = "Print JSON instead of text." };

    /// <summary>Every command there is.</summary>
    public static RootCommand Root() =>
        new("ConnectorHub: events of your platforms become messages, rows and entries in your tools. Recipes say which and how.")
        {
            SettingsFile,
            ServeCommand.Build(),
            DemoCommand.Build(),
            CheckCommand.Build(),
            FmtCommand.Build(),
            SchemaCommand.Build(),
            TestCommand.Build(),
            FieldsCommand.Build(),
            ActionsCommand.Build(),
            FiltersCommand.Build(),
            TryCommand.Build(),
            ExplainCommand.Build(),
            InitCommand.Build(),
            DiffCommand.Build(),
            SendCommand.Build(),
            LearnCommand.Build(),
            SampleCommand.Build(),
            DoctorCommand.Build(),
            QueryCommands.Events(),
            QueryCommands.Runs(),
            QueryCommands.Show(),
            QueryCommands.Why(),
            DeadLettersCommand.Build(),
            ReplayCommand.Build(),
            DecisionCommands.Decide(),
            DecisionCommands.Cancel(),
            DecisionCommands.Audit(),
            PauseCommands.Pause(),
            PauseCommands.Resume(),
            SchedulesCommand.Build(),
            HooksCommand.Build(),
            ConnectionsCommand.Build(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
        };

    public static async Task<int> RunAsync(string[] args)
    {
        var call = Root().Parse(args);
        var trouble = call.CommandResult is { Command.Name: CheckCommand.Name or FmtCommand.Name, Parent: CommandResult { Command: RootCommand } } ? CheckCommand.CouldNotRun : 1;
        if (CallErrors.Are(call))
        {
            return await FailAsync(string.Join(Environment.NewLine, CallErrors.Of(call)), trouble).ConfigureAwait(false);
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
            var answer = await call.InvokeAsync(invocation).ConfigureAwait(false);
            return call.Errors.Count > 0 ? trouble : answer;
        }
        catch (Exception exception) when (Trouble(exception) is { } words)
        {
            return await FailAsync(words, trouble).ConfigureAwait(false);
        }
    }

    // What a person can do something about; all else is a fault of ours and shows where it is.
    private static string? Trouble(Exception exception) => exception switch
    {
        CommandFailedException or DataFolderInUseException or StoreVersionException or StoreUnavailableException or IOException => exception.Message,
        UnauthorizedAccessException => $"{exception.Message} Call the command as the user the gateway runs as, or name a place that user may read and write.",
        HttpRequestException => "The gateway ended while it was asked. See its log; what was done before is kept, and asking again does nothing twice.",
        _ => null,
    };

    /// <summary>The settings a command works with. Every finding is printed at once; errors end the command.</summary>
    /// <param name="receives">True for a command that takes deliveries: then every hook must have its secret.</param>
    public static HubSetup Setup(ParseResult parsed, bool optional, bool receives = false)
    {
        var file = Path.GetFullPath(parsed.GetValue(SettingsFile)!);
        var given = parsed.GetResult(SettingsFile) is { Implicit: false };
        if (!File.Exists(file) && (given || !optional))
        {
            throw new CommandFailedException($"CH1001: there is no settings file '{file}'. Copy appsettings.example.json to appsettings.json and fill it in, or name another with --settings.");
        }

        return HubSetup.Load(File.Exists(file) ? file : null, receives);
    }

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
