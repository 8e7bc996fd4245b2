namespace ConnectorHub.Recipes.Schemas;

/// <summary>One sentence about each key of a recipe, as an editor shows it.</summary>
internal static class KeyGuide
{
    public static readonly IReadOnlyDictionary<string, string> Recipe = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["version"] = "The version of the language: always 1.",
        ["name"] = "What people call the recipe.",
        ["about"] = "Why it exists, in a sentence.",
        ["owner"] = "Whom to ask about it: an address or a team.",
        ["when"] = "Which events it wants, or when it starts by itself.",
        ["if"] = "A sentence, or one a line; all of them must hold. any:, all: and not: make groups.",
        ["once_per"] = "One success per value, however many events: \"{{ event.member.id }}\", or { key: …, within: 30d }.",
        ["order_by"] = "Runs with the same value go one after the other, in the order the events came.",
        ["let"] = "Values computed once, in order, known below by their names.",
        ["steps"] = "What to do, in order. Each step sees what those above it answered.",
        ["on_error"] = "What to do after the last try of a step failed.",
        ["tests"] = "Samples and what must come of them. Run them with: connectorhub test.",
        ["retry"] = "Waits between tries: [30s, 2m, 10m, 1h].",
        ["zone"] = "The zone in which dates are read and written: Europe/Paris.",
        ["mode"] = "active: it runs. rehearse: every request is recorded and none is sent. off: it opens no runs.",
        ["too_late_after"] = "A run older than this ends as expired instead of acting late: 30m.",
    };

    public static readonly IReadOnlyDictionary<string, string> When = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["source"] = "Whose events.",
        ["event"] = "Which event, or a list of them.",
        ["connection"] = "Only the events of this account.",
        ["schedule"] = "Start by the clock: { cron: \"0 9 * * MON-FRI\", zone: Europe/Paris, missed: last }.",
    };

    public static readonly IReadOnlyDictionary<string, string> Schedule = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cron"] = "Five fields, minute hour day-of-month month day-of-week: \"0 9 * * MON-FRI\".",
        ["every"] = "Again and again, counted from midnight: 15m.",
        ["zone"] = "The zone whose clock counts: Europe/Paris.",
        ["missed"] = "What was missed while the hub was off: last makes up for the last of it, all for each, none for nothing.",
    };

    public static readonly IReadOnlyDictionary<string, string> Step = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["id"] = "The step's name: later steps read its answer as steps.id.field.",
        ["use"] = "A connector, a dot and one of its actions.",
        ["connection"] = "The account to use; may be left out where only one fits.",
        ["key"] = "The name of what the step makes, the same in every run and recipe: \"live/{{ event.live.id }}\".",
        ["with"] = "The fields of the action.",
        ["if"] = "Do it only where this holds.",
        ["for_each"] = "Do it for each item of a list; the item is known as item, its place as index.",
        ["each_key"] = "What tells one item of for_each from another: \"{{ item.email | lower }}\".",
        ["retry"] = "Waits between tries of this step: [30s, 2m, 10m, 1h].",
        ["timeout"] = "How long one try may take, at most 10m.",
        ["continue_on_error"] = "true: the run goes on where this step has failed for good.",
        ["repeat"] = "Where nobody can tell whether it happened: ask waits for a person, again sends it again.",
        ["wait"] = "Wait so long, 2h, or until a time of day: until 09:00. It survives a restart.",
        ["stop"] = "End the run here, for this reason.",
        ["let"] = "Values computed at this place, known below by their names.",
    };

    public static readonly IReadOnlyDictionary<string, string> Test = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "What it shows, as a sentence.",
        ["sample"] = "The event it begins with: a source and an event, meltingspot/member.created.",
        ["change"] = "What is different in it, by path: { event.member.status: Accepted }.",
        ["remembered"] = "What recall finds: { made: { id: abc } }.",
        ["answers"] = "What the actions answer, by step: { row: { rowNumber: 42 } }; a list for the items of a for_each; { fails: why } lets a step fail for good.",
        ["expect"] = "Sentences that must hold: runs are [row, hello] · hello.text contains \"Anna\" · skipped by \"event.live.status is Live\" · fails at row · notices are [tell].",
    };

    public static readonly IReadOnlyDictionary<string, string> Answer = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["fails"] = "The step fails for good, and this is its error.message.",
        ["code"] = "Beside fails: its error.code.",
    };

    public static readonly IReadOnlyDictionary<string, string> OncePer = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["key"] = "The value.",
        ["within"] = "How long a success counts: 30d. Without it, for ever.",
    };

    public static readonly IReadOnlyDictionary<string, string> OrderBy = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["key"] = "The value.",
        ["strict"] = "true: a run that failed for good holds up those behind it.",
    };
}
