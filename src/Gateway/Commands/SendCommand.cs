using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>send</c>: a signed sample to a hook of the running gateway.</summary>
internal static class SendCommand
{
    public static Command Build()
    {
        var what = new Argument<string>("event") { Description = "Which sample: source/event, such as meltingspot/live.updated." };
        var connection = new Option<string?>("--connection") { Description = "Whose hook; needed where several connections fit." };
        var change = new Option<string[]>("--set") { Description = "Change the sample: path=value, such as live.status=Live. May be given again.", AllowMultipleArgumentsPerToken = false };
        var command = new Command("send", "Send a signed sample to the own hook, as the platform would.") { what, connection, change };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false);
            return await SendAsync(setup, parsed.GetValue(what)!, parsed.GetValue(connection), parsed.GetValue(change) ?? [], cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>The sample's body with changes; each is <c>path=value</c>, the value JSON where it reads as such and text otherwise.</summary>
    public static byte[] Body(Sample sample, IEnumerable<string> changes)
    {
        var body = sample.Body;
        foreach (var change in changes)
        {
            var equals = change.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new CommandFailedException($"'{change}' is not path=value. Example: --set live.status=Live");
            }

            var text = change[(equals + 1)..];
            var value = Value.TryParse(Encoding.UTF8.GetBytes(text), out var json) ? json : Value.Text(text);
            var (changed, problem) = Sample.Change(body, $"event.{change[..equals]}", value);
            body = changed ?? throw new CommandFailedException(problem!);
        }

        return body.ToUtf8Json();
    }

    private static async Task<int> SendAsync(HubSetup setup, string reference, string? connectionName, string[] changes, CancellationToken cancellationToken)
    {
        var sample = Sample.Find(ConnectorCatalog.All, reference)
            ?? throw new CommandFailedException($"There is no sample '{reference}'. Samples are: {string.Join(", ", Sample.All(ConnectorCatalog.All))}.");
        var connection = Pick(Connections(setup.Settings).Current, sample.Connector.Manifest.Name, connectionName);
        var listen = new UriBuilder(setup.Settings.Hub.Listen.Replace("*", "127.0.0.1", StringComparison.Ordinal));
        listen.Host = listen.Host is "0.0.0.0" or "[::]" or "+" ? "127.0.0.1" : listen.Host;
        using var sender = new HookSender(listen.Uri, setup.Settings.Hub.PublicUrl);
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var id = new Runs.IdSource(TimeProvider.System).Next("msg_");
            var answer = await sender.SendAsync(connection, sample.Source, sample.Event.Name, Body(sample, changes), id, now, spoil: false, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{(int)answer.Status} {answer.Body}").ConfigureAwait(false);
            if (answer.EventId is { } eventId)
            {
                await Console.Out.WriteLineAsync($"See: connectorhub show {eventId}   and: connectorhub why {eventId}").ConfigureAwait(false);
            }

            return answer.EventId is null ? 1 : 0;
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException)
        {
            throw new CommandFailedException($"No gateway answers at {listen.Uri}. Start it with: connectorhub serve");
        }
    }

    /// <summary>The connections with their secrets, without a data folder: nothing is stored here.</summary>
    public static SettingsConnections Connections(HubSettings settings) => new(settings, SecretStore.OfThisProcess(), CredentialKey.Passing());

    private static Connection Pick(ConnectionBook book, string connector, string? name)
    {
        var fitting = book.ForConnector(connector);
        return (name, fitting.Count) switch
        {
            (not null, _) => fitting.FirstOrDefault(c => c.Name == name) ?? throw new CommandFailedException($"There is no connection '{name}' for {connector}. There are: {Names(fitting)}."),
            (null, 1) => fitting[0],
            (null, 0) => throw new CommandFailedException($"No connection for {connector} is set up. Add one under Connections in the settings."),
            _ => throw new CommandFailedException($"Several connections fit: {Names(fitting)}. Say which with --connection."),
        };
    }

    private static string Names(IReadOnlyList<Connection> connections) => string.Join(", ", connections.Select(c => c.Name));
}
