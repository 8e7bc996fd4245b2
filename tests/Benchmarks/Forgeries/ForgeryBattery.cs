using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary>How many of each kind a source must withstand.</summary>
internal sealed record ForgeryPlan(int Forgeries, int Bodies, int Nonsense, int Seed);

/// <summary>Throws forged deliveries at every source of the catalog and judges what becomes of them.</summary>
internal sealed class ForgeryBattery(ForgeryPlan plan)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private const int MaxFaults = 5;

    /// <summary>All of them, one after the other; <paramref name="progress"/> hears of each.</summary>
    public async Task<ForgeryReport> RunAsync(IEnumerable<ProvenSource> sources, Action<SourceReport> progress)
    {
        var start = TimeProvider.System.GetTimestamp();
        var reports = new List<SourceReport>();
        foreach (var (number, source) in sources.Index())
        {
            var barrage = new Barrage(source, plan, plan.Seed + number);
            var work = Task.Run(barrage.Fire);
            await Task.WhenAny(work).ConfigureAwait(false);
            // Nothing a stranger sends may end in an exception, so one here is a finding and not the end of the run.
            reports.Add(work.Exception is { } exception ? barrage.Report($"an exception at {barrage.Last}: {exception.InnerException}") : barrage.Report());
            progress(reports[^1]);
        }

        return new ForgeryReport(plan.Seed, reports, TimeProvider.System.GetElapsedTime(start));
    }

    /// <summary>Everything against one source.</summary>
    private sealed class Barrage(ProvenSource source, ForgeryPlan plan, int seed)
    {
        private readonly List<string> _faults = [];
        private int _forgeries;
        private int _bodies;
        private int _nonsense;
        private int _alike;
        private TimeSpan _slowest;

        public string Last { get; private set; } = "the start";

        public SourceReport Report(string? fault = null) => new(
            source.ToString(), _forgeries, _bodies, _nonsense, _alike, _slowest, fault is null ? _faults : [.. _faults, fault]);

        public void Fire()
        {
            var forger = new RequestForger(source, Genuine(), new Random(seed));
            while (_forgeries < plan.Forgeries && _faults.Count < MaxFaults)
            {
                _forgeries += Refused(forger.Forge(), $"forgery {_forgeries}");
            }

            while (_bodies < plan.Bodies && _faults.Count < MaxFaults)
            {
                _bodies += Refused(forger.ForgeBody(), $"body {_bodies}");
            }

            for (; _nonsense < plan.Nonsense && _faults.Count < MaxFaults; _nonsense++)
            {
                Understood(forger.SignNonsense(), $"signed body {_nonsense}");
            }
        }

        /// <summary>Every event's every body, each with an id and a time of its own.</summary>
        private List<SignedSample> Genuine()
        {
            var samples = new List<SignedSample>();
            foreach (var (number, (known, body)) in source.Source.Events.SelectMany(known => known.Bodies.Select(body => (known, body))).Index())
            {
                var (id, now) = ($"msg_{number:d27}", ProvenSource.Now.AddSeconds((number % 60) - 30));
                var delivery = source.Source.Deliver(source.Source.Renew(ProvenSource.Bytes(body), id, now));
                samples.Add(source.Sign(known.Name, delivery, id, now));
            }

            foreach (var sample in samples.Where(sample => source.Read(sample) is not WebhookReading.Events))
            {
                _faults.Add($"a genuine delivery is refused, so that nothing follows from the others: {Show(sample.Request)}");
            }

            return samples;
        }

        private int Refused(Forgery forgery, string name)
        {
            var reading = Read(forgery.Request, name);
            if (forgery.IsLike)
            {
                _alike++;
                return 0;
            }

            if (reading is not WebhookReading.Refused { Why: not Refusal.NotJson })
            {
                _faults.Add($"{name} is taken: {Show(forgery.Request)}");
            }

            return 1;
        }

        private void Understood(WebhookRequest request, string name)
        {
            var fault = Read(request, name) switch
            {
                WebhookReading.Events events => events.Items.Select(Flaw).FirstOrDefault(flaw => flaw is not null),
                WebhookReading.Handshake or WebhookReading.Refused { Why: Refusal.NotJson } => null,
                var reading => $"is {reading}",
            };
            if (fault is not null)
            {
                _faults.Add($"{name} {fault}: {Show(request)}");
            }
        }

        private WebhookReading Read(WebhookRequest request, string name)
        {
            Last = name;
            var reading = Timed(request, out var took);
            // The machine may have been busy with something else: what the reading itself takes is the least of a few.
            for (var again = 0; took > Longest && again < 4; again++)
            {
                Timed(request, out var next);
                took = next < took ? next : took;
            }

            _slowest = took > _slowest ? took : _slowest;
            if (took > Longest)
            {
                _faults.Add($"{name} took {took.TotalMilliseconds:f0} ms: {Show(request)}");
            }

            return reading;
        }

        private WebhookReading Timed(WebhookRequest request, out TimeSpan took)
        {
            var start = TimeProvider.System.GetTimestamp();
            var reading = source.Read(request);
            took = TimeProvider.System.GetElapsedTime(start);
            return reading;
        }

        /// <summary>What the hub could not store or show.</summary>
        private static string? Flaw(ReadEvent read)
        {
            if (!UntrustedJson.TryReadBody(read.Data, out var document, out var problem))
            {
                return $"has an event that is no JSON: {problem}";
            }

            document.Dispose();
            return read.Type.Length == 0 ? "has an event without a name"
                : read.Dedupe is { Value.Length: 0 } ? "has an event with an empty key"
                : !IsText(read.Type) || !IsText(read.Subject) || !IsText(read.Dedupe?.Value) ? "has an event with half a character in its name, key or subject"
                : null;
        }

        private static bool IsText(string? text) => text is null || Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

        private static string Show(WebhookRequest request)
        {
            var body = Encoding.UTF8.GetString(request.Body.Span[..Math.Min(400, request.Body.Length)]);
            return JsonSerializer.Serialize(new { request.Headers, request.Token, request.Method, request.Url, request.HookEvent, Body = body });
        }
    }
}
