using System.Globalization;
using System.Text;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Benchmarks.Searches;

/// <summary>
/// Events of about 1 KB as platforms send them, no two alike: names, addresses, ids and times differ as they do in life, and one sender in
/// four writes JSON as PHP does, with escapes. The same numbers make the same bodies.
/// </summary>
internal sealed class Deliveries(int count, IIdSource ids, DateTimeOffset from)
{
    public const string Recipe = "bench";

    private static readonly string[] First =
        ["Ada", "Alice", "Amir", "Anaïs", "Aria", "Björn", "Carla", "Chloé", "Clara", "Dmitri", "Elif", "Emma", "Félix", "Gaëlle", "Hugo", "Inès", "Jonas", "José", "Julia", "Karim",
         "Lena", "Léo", "Lucía", "Magda", "Marek", "Maya", "Noah", "Nora", "Olga", "Omar", "Paul", "Priya", "Quentin", "Renée", "Sofia", "Tariq", "Ute", "Viktor", "Wen", "Zoé"];

    private static readonly string[] Last =
        ["Abadie", "Almeida", "Andersen", "Bakker", "Benali", "Bianchi", "Bouchard", "Castro", "Chevalier", "Costa", "Dubois", "Dupont", "Fischer", "Fontaine", "Garcia", "Gauthier",
         "Haddad", "Hoffmann", "Ivanova", "Jansen", "Kaya", "Keller", "Kowalski", "Kumar", "Lambert", "Laurent", "Lefèvre", "Lopez", "Lovelace", "Martin", "Meyer", "Moreau", "Müller",
         "Nguyen", "Novak", "Nowak", "Okafor", "Olsen", "Pereira", "Petit", "Renard", "Ricci", "Rossi", "Roux", "Sato", "Schmidt", "Silva", "Simon", "Smith", "Tanaka", "Thomas", "Weber"];

    private static readonly (string Connection, string Event, string Source, string Type)[] Hooks =
        [("meltingspot-main", "member.created", "meltingspot", "member.created"), ("meltingspot-main", "live.participant.updated", "meltingspot", "live.participant.updated"),
         ("livestorm-emea", "", "livestorm", "people.registered"), ("spir-main", "", "spir", "event.confirmed")];

    public int Count => count;

    /// <summary>One address for each event, unless it is one of <see cref="Thrice"/>.</summary>
    public string Address(int number) => IsThrice(number) ? Thrice : Plain($"{FirstOf(number)}.{LastOf(number)}{number}@company{number % 997}.example");

    public static string Thrice => "grace.hopper@navy.example";

    /// <summary>What only the event in the middle says.</summary>
    public static string Quoted => "came \"as agreed\" to café Été";

    public IEnumerable<Delivery> All()
    {
        const int Each = 16;
        for (var number = 0; number < count; number += Each)
        {
            var hook = Hooks[number / Each % Hooks.Length];
            // A week's worth of seconds at most between the first and the last.
            var at = from.AddSeconds(604_800.0 * number / count);
            var events = Enumerable.Range(number, Math.Min(Each, count - number)).Select(one => Event(one, hook.Source, hook.Type, at)).ToList();
            yield return new Delivery(hook.Connection, hook.Event, at, events);
        }
    }

    private IncomingEvent Event(int number, string source, string type, DateTimeOffset at)
    {
        var id = ids.Next("evt_");
        var body = Body(number, at);
        // One event in five is wanted by the recipe; one in a hundred of those is a dead letter by a fault of matching.
        IReadOnlyList<PlannedRun> runs = number % 5 != 0 ? []
            : [new PlannedRun(ids.Next("run_"), Recipe, "bench-hash", "version: 1", false, null, null, "slack-acme", number % 500 == 0 ? new RunError("tell", $"code_{number % 7}", $"No channel for {number}.") : null)];
        IReadOnlyList<Decision> decisions = [new Decision(Recipe, "bench-hash", runs.Count == 0 ? DecisionVerdict.Skipped : DecisionVerdict.Taken, 8, "")];
        return new IncomingEvent(
            id, source, type, string.Create(CultureInfo.InvariantCulture, $"msg_{Mix(number, 7):x16}{number:x8}"), at.AddDays(7), at, null, false, Encoding.UTF8.GetBytes(body), decisions, runs);
    }

    private string Body(int number, DateTimeOffset at)
    {
        var quoted = number == count / 2 ? Quoted : "asks for a call in the afternoon";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":"{{Uuid(number, 1)}}","type":"member.created","occurredAt":{{at.ToUnixTimeSeconds()}},"member":{"id":"{{Uuid(number, 2)}}","firstname":"{{FirstOf(number)}}","lastname":"{{LastOf(number)}}","email":"{{Address(number)}}","phone":"+33 6 {{Mix(number, 3) % 100:d2}} {{Mix(number, 4) % 100:d2}} {{Mix(number, 5) % 100:d2}} {{Mix(number, 6) % 100:d2}}","status":"{{(number % 3 == 0 ? "Invited" : "Accepted")}}","title":"Head of Customer Success","locale":"fr-FR","timezone":"Europe/Paris"},"utm":{"source":"newsletter","medium":"email","campaign":"webinar-{{number % 53}}","content":"cta-{{number % 7}}"},"company":{"id":{{Mix(number % 997, 8) % 1_000_000_000}},"name":"Company {{number % 997}}","domain":"company{{number % 997}}.example","url":"https://company{{number % 997}}.example/people/{{Uuid(number, 9)}}","employees":{{Mix(number % 997, 10) % 5000}}},"spot":{"id":"{{Uuid(number % 20, 11)}}","name":"Spot {{number % 20}}","url":"https://spot{{number % 20}}.example/lives/{{Mix(number, 12) % 100000}}"},"note":{{System.Text.Json.JsonSerializer.Serialize(quoted, Loose)}},"consents":[{"kind":"marketing","given":true,"at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}"},{"kind":"profiling","given":false,"at":null}],"test":false}
            """);
        return number % 4 == 0 ? AsPhp(body) : body;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Loose = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string AsPhp(string body) => string.Concat(body.Select(letter =>
        letter == '/' ? "\\/" : letter > '~' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : letter.ToString()));

    private bool IsThrice(int number) => number == count / 10 || number == count / 3 || number == count - (count / 10);

    private static string FirstOf(int number) => First[Mix(number, 1) % (ulong)First.Length];

    private static string LastOf(int number) => Last[Mix(number, 2) % (ulong)Last.Length];

    private static string Uuid(int number, int salt) => string.Create(CultureInfo.InvariantCulture, $"{Mix(number, salt) >> 32:x8}-{Mix(number, salt) & 0xffff:x4}-4{Mix(number, salt + 50) & 0xfff:x3}-a{(Mix(number, salt + 50) >> 12) & 0xfff:x3}-{Mix(number, salt + 90) & 0xffffffffffff:x12}");

    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Normalize(NormalizationForm.FormD).Where(letter => letter < 128));

    private static ulong Mix(int number, int salt)
    {
        var mixed = ((ulong)number + 1) * 0x9E3779B97F4A7C15 ^ (ulong)salt * 0xD6E8FEB86659FD93;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
