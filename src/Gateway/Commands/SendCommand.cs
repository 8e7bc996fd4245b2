using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>send</c>: a signed sample to a hook of the running gateway.</summary>
internal static class SendCommand
{
    public static Command Build()
    {
        var source = new Argument<string>("source") { Description = "Whose sample: a source such as meltingspot, or source/event in one word." };
        var type = new Argument<string?>("event") { Description = "Which event, such as live.updated.", Arity = ArgumentArity.ZeroOrOne };
        var connection = new Option<string?>("--connection") { Description = "Whose hook; needed where several connections fit." };
        var change = new Option<string[]>("--set") { Description = "Change the sample: path=value, such as live.status=Live. May be given again.", AllowMultipleArgumentsPerToken = false };
        var file = new Option<string?>("--file") { Description = "A body of your own in place of the shipped sample, such as one written by: connectorhub sample." };
        var twice = new Option<bool>("--twice") { Description = "Send it a second time, as a platform does that heard no answer." };
        var command = new Command("send", "Send a signed sample to the own hook, as the platform would.") { source, type, connection, change, file, twice, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false);
            var reference = parsed.GetValue(type) is { } named ? $"{parsed.GetValue(source)}/{named}" : parsed.GetValue(source)!;
            var sample = Sample.Find(ConnectorCatalog.All, reference) ?? throw new CommandFailedException(NoSample(reference));
            if (sample.Source is HubSource)
            {
                throw new CommandFailedException($"The hub makes {reference} itself: nobody can send it. Try your recipe with: connectorhub test");
            }

            var root = parsed.GetValue(file) is { } path ? await ReadAsync(path, cancellationToken).ConfigureAwait(false) : sample.Body;
            var delivery = new Delivery(sample, Body(root, parsed.GetValue(change) ?? []), parsed.GetValue(connection), parsed.GetValue(twice) ? 2 : 1);
            var sent = await SendAsync(setup, delivery, cancellationToken).ConfigureAwait(false);
            Print(Console.Out, sent, parsed.GetValue(HubCommands.AsJson));
            return sent.Taken ? 0 : 1;
        });
        return command;
    }

    /// <summary>The sample's body with changes; each is <c>path=value</c>, the value JSON where it reads as such and text otherwise.</summary>
    public static byte[] Body(Value body, IEnumerable<string> changes)
    {
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

    private sealed record Delivery(Sample Sample, byte[] Body, string? Connection, int Times);

    private static string NoSample(string reference)
    {
        var names = Sample.All(ConnectorCatalog.All).Select(sample => sample.ToString()).ToArray();
        var near = Nearest.Of(reference, names) is { } close ? $" Did you mean '{close}'?" : string.Empty;
        var wanted = reference.Split('/')[0];
        var own = names.Where(name => name.StartsWith(wanted + "/", StringComparison.Ordinal)).ToArray();
        return $"There is no sample '{reference}'.{near} Samples are: {string.Join(", ", own.Length > 0 ? own : names)}.";
    }

    private static async Task<Value> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new CommandFailedException($"There is no file '{file}'. Write one with: connectorhub sample <event>");
        }

        return Value.TryParse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), out var body)
            ? body
            : throw new CommandFailedException($"'{file}' is not JSON. It must hold the body of one event, as 'connectorhub sample' writes it.");
    }

    private static async Task<SentSample> SendAsync(HubSetup setup, Delivery delivery, CancellationToken cancellationToken)
    {
        var sample = delivery.Sample;
        var connection = Pick(Connections(setup.Settings).Current, sample, delivery.Connection);
        var listen = new UriBuilder(setup.Settings.Hub.Listen.Replace("*", "127.0.0.1", StringComparison.Ordinal));
        listen.Host = listen.Host is "0.0.0.0" or "[::]" or "+" ? "127.0.0.1" : listen.Host;
        using var sender = new HookSender(listen.Uri, setup.Settings.Hub.PublicUrl);
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var id = new Runs.IdSource(TimeProvider.System).Next("msg_");
            var body = sample.Source.Renew(delivery.Body, id, now);
            var answers = new List<HookSender.Answer>(delivery.Times);
            for (var time = 0; time < delivery.Times; time++)
            {
                answers.Add(await sender.SendAsync(connection, sample.Source, sample.Event.Name, body, id, now, spoil: false, cancellationToken).ConfigureAwait(false));
            }

            return new SentSample(sample.ToString(), connection.Name, answers);
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException)
        {
            throw new CommandFailedException($"No gateway answers at {listen.Uri}. Start it with: connectorhub serve");
        }
    }

    private static void Print(TextWriter output, SentSample sent, bool json)
    {
        if (json)
        {
            new Printer(output).Json(new { sent.Event, sent.Connection, sent.Taken, Answers = sent.Answers.Select(answer => new { Status = (int)answer.Status, answer.EventId, answer.Duplicate, Body = answer.Content }) });
            return;
        }

        foreach (var answer in sent.Answers)
        {
            output.WriteLine($"{(int)answer.Status} {answer.Body}");
            if (answer is { EventId: { } eventId, Duplicate: false })
            {
                output.WriteLine($"See: connectorhub show {eventId}   and: connectorhub why {eventId}");
            }
        }
    }

    /// <param name="Event">As its sample is named.</param>
    private sealed record SentSample(string Event, string Connection, IReadOnlyList<HookSender.Answer> Answers)
    {
        /// <summary>Each of them is an event now.</summary>
        public bool Taken => Answers.All(answer => answer.EventId is not null);
    }

    /// <summary>The connections with their secrets, without a data folder: nothing is stored here.</summary>
    public static SettingsConnections Connections(HubSettings settings) => new(settings, SecretStore.OfThisProcess(), CredentialKey.Passing());

    private static Connection Pick(ConnectionBook book, Sample sample, string? name)
    {
        var connector = sample.Connector.Manifest.Name;
        var all = book.ForConnector(connector);
        var fitting = all.Where(connection => sample.Source.Proofs.Any(connection.Secrets.ContainsKey)).ToArray();
        if (fitting.Length == 0 && all.Count > 0)
        {
            throw new CommandFailedException(
                $"No connection for {connector} takes events of {sample.Source.Name}: {Names(all)} set{(all.Count == 1 ? "s" : string.Empty)} none of {string.Join(", ", sample.Source.Proofs)}.");
        }

        return (name, fitting.Length) switch
        {
            (not null, _) => fitting.FirstOrDefault(c => c.Name == name) ?? throw new CommandFailedException($"There is no connection '{name}' for {connector}. There are: {Names(fitting)}."),
            (null, 1) => fitting[0],
            (null, 0) => throw new CommandFailedException($"No connection for {connector} is set up. Add one under Connections in the settings."),
            _ => throw new CommandFailedException($"Several connections fit: {Names(fitting)}. Say which with --connection."),
        };
    }

    private static string Names(IReadOnlyList<Connection> connections) => string.Join(", ", connections.Select(c => c.Name));
}
