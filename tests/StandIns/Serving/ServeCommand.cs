using System.Net.Sockets;
using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Google.Calendars;
using ConnectorHub.Tests.StandIns.Google.Sheets;
using ConnectorHub.Tests.StandIns.Http;
using ConnectorHub.Tests.StandIns.HubSpot;
using ConnectorHub.Tests.StandIns.Livestorm;
using ConnectorHub.Tests.StandIns.MeltingSpot;
using ConnectorHub.Tests.StandIns.Salesforce;
using ConnectorHub.Tests.StandIns.Slack;
using ConnectorHub.Tests.StandIns.Smtp;

namespace ConnectorHub.Tests.StandIns.Serving;

/// <summary>Serves all stand-ins until Ctrl-C, says what to write into the settings, and tells every effect as it happens.</summary>
internal static class ServeCommand
{
    public const string Spreadsheet = "demo";

    public const string MailUser = "hub@acme.example";

    public const string MailPassword = "stand-in-password";

    public const string TeamCalendar = "sales@acme.example";

    public static async Task<int> ExecuteAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (ServeOptions.Read(arguments, out var flaw) is not { } options)
        {
            await Console.Error.WriteLineAsync(flaw);
            return 2;
        }

        var time = TimeProvider.System;
        using var google = MakeGoogle(time);
        StandIn[] standIns =
        [
            new SlackStandIn(time, Console.WriteLine), google, new HubSpotStandIn(time, Console.WriteLine), new SalesforceStandIn(time, Console.WriteLine),
            new MeltingSpotStandIn(time, Console.WriteLine), new LivestormStandIn(time, Console.WriteLine), new EchoStandIn(time, Console.WriteLine),
        ];
        foreach (var standIn in standIns)
        {
            standIn.Faults.Plan = options.PlanOf(standIn.Name) ?? standIn.Faults.Plan;
        }

        await using var server = new StandInServer(options.Port, time, standIns);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync($"Port {options.Port} cannot be used: {taken.Message} Choose another with --port.");
            return 1;
        }

        SmtpStandIn mail;
        try
        {
            mail = SmtpStandIn.Start(MailHouse(options.MailPort));
        }
        catch (SocketException taken)
        {
            await Console.Error.WriteLineAsync($"Port {options.MailPort} cannot be used: {taken.Message}. Choose another with --mail-port.");
            return 1;
        }

        await using (mail)
        {
            await StayAsync(server, google, mail, cancellationToken);
        }

        return 0;
    }

    private static async Task StayAsync(StandInServer server, GoogleStandIn google, SmtpStandIn mail, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-standins-");
        try
        {
            await WriteSecretsAsync(folder, google, cancellationToken);
            Console.WriteLine(SettingsGuide.Write(server.Address, mail.Port, folder.FullName));
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SmtpHouse MailHouse(int port) => new()
    {
        Port = port,
        Username = MailUser,
        Password = MailPassword,
        Tell = mail => Console.WriteLine($"mail to {string.Join(", ", mail.Recipients)}: {mail.Header("Subject")}"),
    };

    private static GoogleStandIn MakeGoogle(TimeProvider time)
    {
        var google = new GoogleStandIn(time, Console.WriteLine);
        google.Spreadsheets[Spreadsheet] = new Spreadsheet(Spreadsheet, ServiceAccount.Email, "ana@shop.example")
            .With("Leads", "Email", "First name", "Last name", "Company", "Score", "Since", "Hub");
        google.Calendars.Add(new Calendar(TeamCalendar, "Europe/Paris", ServiceAccount.Email, "ana@shop.example"));
        google.Calendars.Add(new Calendar("ana@shop.example", "Europe/Paris"));
        return google;
    }

    private static async Task WriteSecretsAsync(DirectoryInfo folder, GoogleStandIn google, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.FullName, SettingsGuide.KeyFile);
        await File.WriteAllTextAsync(file, google.Account.ToKeyFile(), cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
