using System.Globalization;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>Makes the body of a hub event: what is so, since when, what to do. All of it is for a person to read. Pure.</summary>
/// <param name="zone">Of the times in sentences; null for UTC, which is then written beside them.</param>
/// <param name="adminUrl">Where the admin API answers.</param>
public sealed class BulletinWords(DateTimeZone? zone, string adminUrl)
{
    private const int MostNamed = 20;

    private readonly string _admin = adminUrl.TrimEnd('/');

    /// <summary>The body: <c>title</c>, <c>text</c>, <c>fix</c>, <c>count</c>, <c>more</c>, <c>moreText</c>, <c>since</c>, <c>link</c>, and the fields of its type.</summary>
    public Value Body(Bulletin bulletin)
    {
        ArgumentNullException.ThrowIfNull(bulletin);
        var facts = bulletin.Rows.Select(row => new BulletinFacts(Value.Parse(row.Facts), row.Waiting)).ToList();
        var since = Moment(bulletin.Since);
        var said = bulletin.SumsUp ? BulletinSum.Of(bulletin.Type, facts, since) : Of(bulletin.Type, facts[0], since);
        var members = new List<KeyValuePair<string, Value>>
        {
            new("title", Value.Text(said.Title)),
            new("text", Value.Text(said.Text)),
            new("fix", Value.Text(said.Fix)),
            new("count", Value.Number(bulletin.Count)),
            new("more", Value.Number(bulletin.Count - 1)),
        };
        if (bulletin.Count > 1)
        {
            members.Add(new("moreText", Value.Text($"+{Number(bulletin.Count - 1)} more")));
        }

        members.Add(new("since", Value.Text(Iso(bulletin.Since))));
        members.Add(new("link", Value.Text(_admin + (bulletin.SumsUp ? BulletinSum.Link(bulletin.Type) : said.Link))));
        members.AddRange(bulletin.SumsUp ? [] : facts[0].Members.Where(member => member.Key is not "run"));
        if (bulletin.Type == HubEventNames.RunDeadLettered)
        {
            members.AddRange(OfRuns(bulletin, facts));
        }

        return Value.Map(members);
    }

    /// <summary>A moment as people write it: <c>21 Nov 14:05</c>.</summary>
    public string Moment(DateTimeOffset at) =>
        Instant.FromDateTimeOffset(at).InZone(zone ?? DateTimeZone.Utc).ToString("d MMM HH:mm", CultureInfo.InvariantCulture) + (zone is null ? " UTC" : string.Empty);

    /// <summary>An argument of a command line, in quotation marks where it needs them.</summary>
    public static string Argument(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or '@' or ':' or '#') ? text : $"\"{text}\"";

    internal static string Number(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    private string Iso(DateTimeOffset at) => TimeZoneInfoOffset(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private DateTimeOffset TimeZoneInfoOffset(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(zone ?? DateTimeZone.Utc).ToDateTimeOffset();

    private static BulletinText Of(string type, BulletinFacts facts, string since) => type switch
    {
        HubEventNames.RunDeadLettered => DeadLetters(facts, since),
        HubEventNames.ConnectionBlocked => Blocked(facts, since),
        HubEventNames.ConnectionDown => Down(facts, since),
        HubEventNames.RecipeRejected => Rejected(facts),
        HubEventNames.SourceSilent => HookBulletins.Silent(facts, since),
        HubEventNames.SourceRefusing => HookBulletins.Refusing(facts, since),
        HubEventNames.SenderAtRisk => HookBulletins.AtRisk(facts, since),
        HubEventNames.DiskLow => DiskLow(facts, since),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static BulletinText DeadLetters(BulletinFacts facts, string since)
    {
        var (recipe, step, code, connection) = (facts["recipe"], facts["step"], facts["code"], facts["connection"]);
        var where = connection.Length > 0 ? $"{connection}, {code}" : code;
        var text = facts.Count == 1
            ? $"A run of {recipe} failed for good at {step} ({where}) on {since} and waits for you. It says: {facts["message"]}"
            : $"{Number(facts.Count)} runs of {recipe} failed for good at {step} ({where}) since {since} and wait for you. The last one says: {facts["message"]}";
        return new BulletinText(
            facts.Count == 1 ? $"{recipe} failed at {step}" : $"{recipe} failed at {step}, {Number(facts.Count)} times",
            text,
            $"See connectorhub show {facts["run"]}. When the cause is mended: connectorhub replay --recipe {Argument(recipe)} --step {Argument(step)} --code {Argument(code)}",
            $"/api/runs/{facts["run"]}");
    }

    private static BulletinText Blocked(BulletinFacts facts, string since) => new(
        $"{facts["connection"]} is blocked",
        $"{facts["connection"]} was refused on {since} ({facts["code"]}): {facts["message"]} Its runs wait, and nothing is lost.",
        $"Put new credentials into the settings, or mend its rights. Then: connectorhub connections check {Argument(facts["connection"])} and connectorhub connections release {Argument(facts["connection"])}",
        "/api/connections");

    private static BulletinText Down(BulletinFacts facts, string since) => new(
        $"{facts["connection"]} does not answer",
        $"{facts["connection"]} has not answered as it should since {since}. {facts["waiting"]} for it; they use up no tries and go on by themselves when it is back.",
        $"Nothing has to be done while its platform is down. What waits, and until when: connectorhub connections. To hold it up for longer: connectorhub pause connection {Argument(facts["connection"])}",
        "/api/connections");

    private static BulletinText Rejected(BulletinFacts facts) => new(
        $"{facts["file"]} was not taken",
        $"The recipe file has {facts["mistakes"]}, and {facts["inUse"]}. The first: {facts["message"]}",
        "See all of them: connectorhub check. A mended file is taken within two seconds.",
        "/api/recipes");

    private static BulletinText DiskLow(BulletinFacts facts, string since) => new(
        "The disk is nearly full",
        $"The disk of the data folder has {facts["free"]} left since {since}; below {facts["limit"]} is too little. When it is full, nothing is taken any more and platforms get a 503.",
        $"Make room on the disk of {facts["folder"]}, then see: connectorhub doctor",
        "/api/status");

    private IEnumerable<KeyValuePair<string, Value>> OfRuns(Bulletin bulletin, List<BulletinFacts> facts)
    {
        // The run of the largest group: there is always one to begin with.
        var run = facts[0]["run"];
        yield return new("run", Value.Map([new("id", Value.Text(run)), new("url", Value.Text($"{_admin}/api/runs/{run}"))]));
        yield return new("recipes", Names(facts, "recipe"));
        yield return new("connections", Names(facts, "connection"));
        if (bulletin.SumsUp)
        {
            yield return new("causes", Value.List([.. facts.Take(MostNamed).Select(one => one.AsCause())]));
        }
    }

    private static Value Names(List<BulletinFacts> facts, string name) =>
        Value.List([.. facts.Select(one => one[name]).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Select(Value.Text)]);
}

/// <summary>What a bulletin says.</summary>
/// <param name="Link">Below the admin API's address.</param>
internal sealed record BulletinText(string Title, string Text, string Fix, string Link);

/// <summary>What is known of one cause.</summary>
internal sealed class BulletinFacts(Value facts, long count)
{
    public long Count => count;

    public IEnumerable<KeyValuePair<string, Value>> Members => facts.Members;

    /// <summary>A fact as text; empty where it is not there.</summary>
    public string this[string name] => facts.Member(name).ToText();

    public Value AsCause() => Value.Map([.. facts.Members.Where(member => member.Key is "recipe" or "connection" or "step" or "code"), new("count", Value.Number(count))]);
}
