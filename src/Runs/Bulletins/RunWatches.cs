using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>Connections whose credentials are refused: each once for each version of them.</summary>
public sealed class BlockWatch(IHubStore store) : IWatch
{
    public string Type => HubEventNames.ConnectionBlocked;

    public async Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var blocks = await store.BlockedConnectionsAsync(cancellationToken).ConfigureAwait(false);
        return new Outlook(Type, [.. blocks.Select(Concern)], Forgets: false);
    }

    private Concern Concern(ConnectionBlock block) => new(
        Type,
        BulletinDesk.Cause(block.Connection),
        block.CredentialVersion,
        block.Since,
        BulletinFact.Map(("connection", block.Connection), ("code", block.Code), ("message", BulletinFact.Sentence(block.Message))));
}

/// <summary>
/// Connections whose platform has not answered as it should for ten minutes: each once while it lasts, and once an hour at most where it comes and goes, or
/// where a restart forgot that it was so.
/// </summary>
public sealed class DownWatch(Pacing pacing, IHubStore store) : IWatch
{
    /// <summary>What is over sooner wakes nobody.</summary>
    public static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan OnceIn = TimeSpan.FromHours(1);

    public string Type => HubEventNames.ConnectionDown;

    public async Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var concerns = new List<Concern>();
        foreach (var (connection, since) in pacing.Down().Where(down => now - down.Since >= LongEnough))
        {
            // Where nothing waits, nobody has asked it for a while.
            if (await store.CountWaitingAsync(connection, cancellationToken).ConfigureAwait(false) is > 0 and var waiting)
            {
                concerns.Add(Concern(connection, since, waiting, memory));
            }
        }

        return new Outlook(Type, concerns, Forgets: true) { Apart = OnceIn };
    }

    private Concern Concern(string connection, DateTimeOffset since, long waiting, WatchMemory memory)
    {
        var cause = BulletinDesk.Cause(connection);
        var mark = memory.Told.GetValueOrDefault(cause)?.Mark is { Length: > 0 } same ? same : since.ToString("O", CultureInfo.InvariantCulture);
        var runs = waiting == 1 ? "1 run waits" : $"{BulletinWords.Number(waiting)} runs wait";
        return new Concern(Type, cause, mark, since, BulletinFact.Map(("connection", connection), ("waiting", runs)));
    }
}

/// <summary>Recipe files that are not in use because of their mistakes: each once for each content.</summary>
public sealed class RecipeBookWatch(IRecipes recipes) : IWatch
{
    private RecipeBook? _seen;
    private IReadOnlyList<Concern> _concerns = [];

    public string Type => HubEventNames.RecipeRejected;

    public Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A book is as it is for ever: another one is another object.
        if (recipes.Book is var book && !ReferenceEquals(book, _seen))
        {
            _concerns = [.. book.Entries.Where(entry => entry.IsRejected && !ListensToTheHub(entry)).Select(entry => Concern(entry, now))];
            _seen = book;
        }

        return Task.FromResult(new Outlook(Type, _concerns, Forgets: false));
    }

    private static bool ListensToTheHub(BookEntry entry) => (entry.Live?.When ?? entry.When)?.Source == HubSource.SourceName;

    private Concern Concern(BookEntry entry, DateTimeOffset now)
    {
        var mistakes = entry.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        return new Concern(
            Type,
            BulletinDesk.Cause(entry.Id),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Content)).AsSpan(0, 8)),
            now,
            BulletinFact.Map(
                ("recipe", entry.Id),
                ("file", entry.File),
                ("code", mistakes[0].Code),
                ("message", BulletinFact.Cut(mistakes[0].ToString())),
                ("mistakes", mistakes.Count == 1 ? "1 mistake" : $"{mistakes.Count} mistakes"),
                ("inUse", entry.Live is null ? "no version of it works, so nothing comes of its events" : "its last good version stays in use")));
    }
}

/// <summary>Facts as they are kept.</summary>
public static class BulletinFact
{
    private const int Longest = 400;

    public static Value Map(params ReadOnlySpan<(string Name, string Text)> facts)
    {
        var members = new List<KeyValuePair<string, Value>>(facts.Length);
        foreach (var (name, text) in facts)
        {
            members.Add(new(name, Value.Text(text)));
        }

        return Value.Map(members);
    }

    /// <summary>What tells a cause from others, made of its parts.</summary>
    public static string Cause(params ReadOnlySpan<string> parts) => BulletinDesk.Cause(parts);

    /// <summary>What a platform said, no longer than a person reads.</summary>
    public static string Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= Longest ? text : $"{text[..Longest]}…";
    }

    /// <summary>The same with a full stop.</summary>
    public static string Sentence(string text)
    {
        var cut = Cut(text).TrimEnd();
        return cut.Length == 0 || cut[^1] is '.' or '!' or '?' or '…' ? cut : $"{cut}.";
    }
}
