using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>doctor</c>: everything that needs a person, at once.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var command = new Command("doctor", "Say what is wrong with this hub, what is at stake and what to do about it.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false);
            var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var chart = await ChartAsync(setup, client, cancellationToken).ConfigureAwait(false);
                return Report(Examination.Of(chart), client.Serving, Console.Out);
            }
        });
        return command;
    }

    /// <summary>Prints the diagnoses; 1 where one needs fixing.</summary>
    public static int Report(IReadOnlyList<Diagnosis> diagnoses, bool serving, TextWriter output)
    {
        if (!serving)
        {
            output.WriteLine("No gateway is running here; this is what it left behind.");
        }

        foreach (var diagnosis in diagnoses)
        {
            output.WriteLine($"{Word(diagnosis.Urgency),-4}  {diagnosis.Part,-11}  {Printer.Clean(diagnosis.Sentence)}");
        }

        var fix = diagnoses.Count(one => one.Urgency == Urgency.Fix);
        output.WriteLine($"{fix} to fix, {diagnoses.Count(one => one.Urgency == Urgency.Look)} to look at.");
        return fix > 0 ? 1 : 0;
    }

    private static async Task<Chart> ChartAsync(HubSetup setup, AdminClient client, CancellationToken cancellationToken)
    {
        var status = (await client.GetAsync<StatusAnswer>("api/status", cancellationToken).ConfigureAwait(false))!;
        return await ChartAsync(setup, client, status, cancellationToken).ConfigureAwait(false) with
        {
            LogBytes = new FileInfo(Path.Combine(setup.Settings.Hub.DataFolder, "hub.db-wal")) is { Exists: true } log ? log.Length : 0,
            Late = client.Serving && status.OldestDue is { } due ? TimeProvider.System.GetUtcNow() - due : TimeSpan.Zero,
            LateAfter = setup.Settings.Runs.LateAfter,
        };
    }

    private static async Task<Chart> ChartAsync(HubSetup setup, AdminClient client, StatusAnswer status, CancellationToken cancellationToken) => new(
        setup.Warnings,
        status,
        (await client.GetAsync<List<RecipeSummary>>("api/recipes", cancellationToken).ConfigureAwait(false))!,
        (await client.GetAsync<List<ConnectionSummary>>("api/connections", cancellationToken).ConfigureAwait(false))!,
        (await client.GetAsync<HooksAnswer>("api/hooks", cancellationToken).ConfigureAwait(false))!,
        FreeBytes(setup.Settings.Hub.DataFolder));

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Some mounts do not tell.
            return null;
        }
    }

    private static string Word(Urgency urgency) => urgency switch
    {
        Urgency.Fix => "fix",
        Urgency.Look => "look",
        _ => "ok",
    };
}
