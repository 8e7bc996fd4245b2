using System.Globalization;
using System.Text;
using ConnectorHub.Tests.StandIns.Faults;

namespace ConnectorHub.Tests.StandIns.Serving;

/// <summary>The command line: a port, and what goes wrong with whom.</summary>
internal sealed class ServeOptions
{
    private const string Usage = """
        connectorhub-standins [--port 5055] [--mail-port 5056] [--faults PLAN] [--faults-of NAME PLAN]
            serves stand-ins for Slack, Google, HubSpot, Salesforce, MeltingSpot, Livestorm, any HTTP API and a mail server on this machine
            PLAN is JSON, such as {"lose":0.1,"seed":1}; NAME is slack, google, hubspot, salesforce, meltingspot, livestorm or http
        """;

    private readonly Dictionary<string, FaultPlan> _plans = new(StringComparer.Ordinal);
    private FaultPlan? _forAll;

    public int Port { get; private set; } = 5055;

    /// <summary>Where the mail server listens.</summary>
    public int MailPort { get; private set; } = 5056;

    /// <summary>Reads them; <paramref name="flaw"/> says what is wrong.</summary>
    public static ServeOptions? Read(string[] arguments, out string flaw)
    {
        var options = new ServeOptions();
        var left = new Queue<string>(arguments);
        flaw = string.Empty;
        while (flaw.Length == 0 && left.TryDequeue(out var name))
        {
            flaw = options.Take(name, left);
        }

        return flaw.Length == 0 ? options : null;
    }

    /// <summary>What goes wrong with a stand-in from the start; null is nothing.</summary>
    public FaultPlan? PlanOf(string standIn) => _plans.GetValueOrDefault(standIn) ?? _forAll;

    private string Take(string name, Queue<string> left)
    {
        switch (name)
        {
            case "--port" when TakePort(left) is { } port:
                Port = port;
                return string.Empty;
            case "--mail-port" when TakePort(left) is { } port:
                MailPort = port;
                return string.Empty;
            case "--faults" when left.TryDequeue(out var plan):
                _forAll = FaultPlan.Read(Encoding.UTF8.GetBytes(plan), out var flaw);
                return flaw;
            case "--faults-of" when left.Count > 1:
                var standIn = left.Dequeue();
                if (FaultPlan.Read(Encoding.UTF8.GetBytes(left.Dequeue()), out var wrong) is { } read)
                {
                    _plans[standIn] = read;
                }

                return wrong;
            default:
                return Usage;
        }
    }

    private static int? TakePort(Queue<string> left) =>
        left.TryDequeue(out var text) && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
