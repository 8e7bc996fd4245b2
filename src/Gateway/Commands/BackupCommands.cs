using System.CommandLine;
using System.Globalization;
using ConnectorHub.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>backup</c> and <c>restore</c>: the store as one file.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "Where to write; it must not be there yet." };
        var compact = new Option<bool>("--compact") { Description = "Leave out the free places of what was removed. Restored, it makes the store smaller." };
        var command = new Command("backup", "Copy the store into one file. The gateway may go on running.") { file, compact, HubCommands.AsJson };
        command.SetAction(parsed =>
        {
            var target = Path.GetFullPath(parsed.GetValue(file)!);
            var facts = StoreBackup.Make(HubCommands.Setup(parsed, optional: false).Settings.Hub.DataFolder, target, parsed.GetValue(compact));
            Print(parsed, target, facts, MadeText(target, facts));
            return 0;
        });
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "What 'backup' wrote." };
        var command = new Command("restore", "Put a backup in the store's place. The gateway must be stopped; the store that is there is kept.") { file, HubCommands.AsJson };
        command.SetAction(parsed =>
        {
            var source = Path.GetFullPath(parsed.GetValue(file)!);
            var facts = StoreBackup.Restore(HubCommands.Setup(parsed, optional: false).Settings.Hub.DataFolder, source, TimeProvider.System, NullLogger.Instance);
            Print(parsed, source, facts, RestoredText(source, facts));
            return 0;
        });
        return command;
    }

    public static string MadeText(string file, BackupFacts facts) =>
        $"Written: {file}. {Counted(facts)}, {Size(facts.Bytes)}.\nIt holds the store alone: keep copies of the settings, the recipes and the files of the secrets, too.";

    public static string RestoredText(string file, BackupFacts facts)
    {
        var doubt = facts.Unfinished == 0
            ? string.Empty
            : "\nUnfinished runs go on at the next start, and what they sent after the backup was made may be sent again."
            + "\nTo look first: connectorhub pause all --why restored, then start, then: connectorhub runs";
        var kept = facts.Kept is { } before ? $"\nThe store that was here is kept as {before}. Remove it when all is well." : string.Empty;
        return $"Restored from {file}: {Counted(facts)}.{doubt}{kept}";
    }

    private static void Print(ParseResult parsed, string file, BackupFacts facts, string text)
    {
        if (parsed.GetValue(HubCommands.AsJson))
        {
            new Printer(Console.Out).Json(new { file, facts.Events, facts.Unfinished, facts.Bytes, facts.Kept });
        }
        else
        {
            Console.Out.WriteLine(text);
        }
    }

    private static string Counted(BackupFacts facts) => string.Create(
        CultureInfo.InvariantCulture, $"{facts.Events} event{(facts.Events == 1 ? "" : "s")}, {facts.Unfinished} unfinished run{(facts.Unfinished == 1 ? "" : "s")}");

    private static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB");
}
