using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Every hook as it stands.</summary>
/// <param name="Zone">Of the times in sentences; empty for UTC.</param>
/// <param name="DownSince">Since when no gateway serves; null while one does, and where none ever did.</param>
/// <param name="LastDowntime">The last time that none served for more than a minute.</param>
/// <param name="AddressHint">Why platforms will not call these addresses; null where they will.</param>
/// <param name="Strangers">What was sent to addresses that name no connection.</param>
public sealed record HooksAnswer(
    string Zone,
    DateTimeOffset? DownSince,
    Downtime? LastDowntime,
    string? AddressHint,
    IReadOnlyList<ReceiverSummary> Connections,
    OtherAddresses Strangers);

/// <summary>A connection that receives.</summary>
/// <param name="Others">What was sent to addresses below it that are no hooks.</param>
public sealed record ReceiverSummary(string Name, string Connector, string DisplayName, IReadOnlyList<SourceSummary> Sources, OtherAddresses Others);

/// <summary>One kind of webhook of a connection.</summary>
/// <param name="EachEvent">Each event has an address of its own.</param>
/// <param name="Url">Of its hooks; <c>{event}</c> where each event has its own.</param>
/// <param name="Setup">What to do at the platform, one sentence a step, with the address filled in.</param>
/// <param name="Down">What the last downtime has cost; null where it cost nothing.</param>
public sealed record SourceSummary(string Source, bool EachEvent, string Url, IReadOnlyList<string> Setup, Stake? Down, IReadOnlyList<HookSummary> Hooks);

/// <summary>One hook.</summary>
/// <param name="Name"><c>connection/event</c>.</param>
/// <param name="Url">As the platform is given it; a token in it is marked, not shown.</param>
/// <param name="Recipes">Live recipes that wait for its events.</param>
/// <param name="Events">How many arrived.</param>
/// <param name="Tests">How many of those were tests.</param>
/// <param name="Refused">By kind, deliveries that were not taken.</param>
/// <param name="Streak">Deliveries in a row that were not taken and look like the platform's own; null while they are taken.</param>
/// <param name="AtStake">What the streak leads to.</param>
/// <param name="Lost">What the last streak has cost that is over.</param>
public sealed record HookSummary(
    string Name,
    string Url,
    IReadOnlyList<HookRecipe> Recipes,
    long Events,
    long Tests,
    Sighting? First,
    Sighting? Last,
    long Duplicates,
    long OtherBodies,
    IReadOnlyDictionary<HookNoteKind, long> Refused,
    HookNote? LastRefusal,
    Streak? Streak,
    Stake? AtStake,
    Stake? Lost);

/// <summary>A live recipe that waits for a hook's events.</summary>
/// <param name="InShort">What it does, in a sentence.</param>
public sealed record HookRecipe(string Id, string InShort);

/// <summary>When something last came to a hook.</summary>
/// <param name="Last">The last event; null where none ever came.</param>
/// <param name="LastRefusal">Null where nothing was refused.</param>
public sealed record HookLast(string Hook, Sighting? Last, HookNote? LastRefusal);

/// <summary>Addresses that are no hooks, together.</summary>
public sealed record OtherAddresses(IReadOnlyDictionary<HookNoteKind, long> Refused, HookNote? LastRefusal);

/// <summary>Deliveries that made no new event.</summary>
/// <param name="Counts">By kind, since the beginning.</param>
/// <param name="Notes">The last ones, newest first.</param>
public sealed record NotesAnswer(IReadOnlyDictionary<HookNoteKind, long> Counts, IReadOnlyList<NoteSummary> Notes);

/// <summary>One delivery that made no new event.</summary>
/// <param name="Hook"><c>connection/event</c>; an ellipsis stands for addresses that are no hooks.</param>
public sealed record NoteSummary(string Hook, HookNote Note);
