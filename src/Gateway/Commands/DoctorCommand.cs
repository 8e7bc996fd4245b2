using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Watching;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>doctor</c>: everything that needs a person, at once.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var online = new Option<bool>("--online") { Description = "Also ask the hosts of all connections: do they answer, is our clock right, when do certificates end. Mail servers are asked with the sign-in, all others without credentials; nothing is sent." };
        var command = new Command("doctor", "Say what is wrong with this hub, what is at stake and what to do about it.") { online, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false);
            var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var chart = await ChartAsync(setup, client, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(online))
                {
                    chart = chart with { Online = await OnlineAsync(client, cancellationToken).ConfigureAwait(false) };
                }

                var report = new DoctorReport(client.Serving, Examination.Of(chart));
                return Report(report, parsed.GetValue(HubCommands.AsJson), Console.Out);
            }
        });
        return command;
    }

    /// <summary>Prints the diagnoses; 1 where one needs fixing.</summary>
    public static int Report(DoctorReport report, bool json, TextWriter output)
    {
        if (json)
        {
            new Printer(output).Json(report);
            return report.Fix > 0 ? 1 : 0;
        }

        if (!report.Serving)
        {
            output.WriteLine("No gateway is running here; this is what it left behind.");
        }

        foreach (var diagnosis in report.Diagnoses)
        {
            output.WriteLine($"{Word(diagnosis.Urgency),-4}  {diagnosis.Part,-11}  {Printer.Clean(diagnosis.Sentence)}");
        }

        output.WriteLine($"{report.Fix} to fix, {report.Look} to look at.");
        return report.Fix > 0 ? 1 : 0;
    }

    private static async Task<Chart> ChartAsync(HubSetup setup, AdminClient client, CancellationToken cancellationToken)
    {
        var status = (await client.GetAsync<StatusAnswer>("api/status", cancellationToken).ConfigureAwait(false))!;
        var vitals = await client.GetAsync<VitalsAnswer>("api/doctor", cancellationToken).ConfigureAwait(false) ?? throw Older();
        return await ChartAsync(setup, client, status, vitals.Findings, cancellationToken).ConfigureAwait(false) with
        {
            LogBytes = new FileInfo(Path.Combine(setup.Settings.Hub.DataFolder, "hub.db-wal")) is { Exists: true } log ? log.Length : 0,
            RecipesFolder = setup.Settings.Hub.RecipesFolder,
            DiskBelow = setup.Settings.Watch.DiskBelow,
            Late = client.Serving && status.OldestDue is { } due ? TimeProvider.System.GetUtcNow() - due : TimeSpan.Zero,
            LateAfter = setup.Settings.Runs.LateAfter,
            Vitals = vitals,
            Serving = client.Serving,
            Clock = new HubTime(setup.Settings.Hub.Zone, TimeProvider.System),
        };
    }

    private static async Task<Chart> ChartAsync(HubSetup setup, AdminClient client, StatusAnswer status, IReadOnlyList<string> findings, CancellationToken cancellationToken) => new(
        findings,
        status,
        (await client.GetAsync<List<RecipeSummary>>("api/recipes", cancellationToken).ConfigureAwait(false))!,
        (await client.GetAsync<List<ConnectionSummary>>("api/connections", cancellationToken).ConfigureAwait(false))!,
        (await client.GetAsync<HooksAnswer>("api/hooks", cancellationToken).ConfigureAwait(false))!,
        DiskWatch.FreeBytes(setup.Settings.Hub.DataFolder));

    private static async Task<OnlineAnswer> OnlineAsync(AdminClient client, CancellationToken cancellationToken) =>
        await client.PostAsync<OnlineAnswer>("api/doctor/online", cancellationToken).ConfigureAwait(false) ?? throw Older();

    private static CommandFailedException Older() => new("The gateway that runs is of an older version than this command. Restart it, then ask again.");

    private static string Word(Urgency urgency) => urgency switch
    {
        Urgency.Fix => "fix",
        Urgency.Look => "look",
        _ => "ok",
    };
}

/// <summary>All the doctor says.</summary>
/// <param name="Serving">A gateway runs that receives.</param>
internal sealed record DoctorReport(bool Serving, IReadOnlyList<Diagnosis> Diagnoses)
{
    public int Fix => Diagnoses.Count(one => one.Urgency == Urgency.Fix);

    public int Look => Diagnoses.Count(one => one.Urgency == Urgency.Look);
}
