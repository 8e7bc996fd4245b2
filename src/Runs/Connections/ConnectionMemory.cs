using System.Collections.Concurrent;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Work;

namespace ConnectorHub.Runs.Connections;

/// <summary>
/// What is kept for a connection between attempts: tokens, and what seldom changes at the target. In memory only, and only for the
/// credentials it was got with. Whoever needs the same thing at the same time waits for one load.
/// </summary>
public sealed class ConnectionMemory(TimeProvider time)
{
    private const int Most = 10_000;

    // A token must outlive the attempt that takes it.
    private static readonly TimeSpan EarlyAtMost = TimeSpan.FromMinutes(5);
    private const int EarlyPart = 10;

    private readonly ConcurrentDictionary<(string Connection, string Version, string Key), Slot> _slots = new();
    private readonly KeyTurns _turns = new();

    /// <summary>The clock that what is kept ends by.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A token, kept until a tenth of its life or five minutes before its end.</summary>
    public async Task<TokenReply> TokenAsync(Connection connection, string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken)
    {
        TokenReply? failed = null;
        var token = await KeptAsync<TokenReply.Ready>(
            connection,
            $"token:{name}",
            async cancelled =>
            {
                var reply = await load(cancelled).ConfigureAwait(false);
                failed = reply as TokenReply.Failed;
                return reply as TokenReply.Ready;
            },
            ready => ready.Lifetime - TimeSpan.FromTicks(Math.Min(EarlyAtMost.Ticks, ready.Lifetime.Ticks / EarlyPart)),
            cancellationToken).ConfigureAwait(false);
        return token ?? failed ?? throw new InvalidOperationException("A token was neither got nor refused.");
    }

    /// <summary>Drops a token, unless a newer one is there.</summary>
    public void ForgetToken(Connection connection, string name, Secret token) =>
        Find(connection, $"token:{name}")?.Clear(kept => ((TokenReply.Ready)kept).Token.Equals(token));

    /// <summary>Something kept for <paramref name="lifetime"/>; null from <paramref name="load"/> is not kept.</summary>
    public Task<T?> CachedAsync<T>(Connection connection, string key, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class => KeptAsync(connection, $"cached:{key}", load, _ => lifetime, cancellationToken);

    /// <summary>Drops what is kept under a key.</summary>
    public void ForgetCached(Connection connection, string key) => Find(connection, $"cached:{key}")?.Clear(_ => true);

    /// <summary>Waits until nobody else of this process holds that turn of the connection; null where <paramref name="deadline"/> came first.</summary>
    public async Task<IDisposable?> TurnAsync(Connection connection, string name, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        using var late = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await _turns.TakeAsync($"{connection.Name}\n{name}", either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<T?> KeptAsync<T>(
        Connection connection, string key, Func<CancellationToken, Task<T?>> load, Func<T, TimeSpan> lifetime, CancellationToken cancellationToken)
        where T : class
    {
        var slot = _slots.GetOrAdd((connection.Name, connection.CredentialVersion, key), static _ => new Slot());
        if (slot.Find(time.GetUtcNow()) is T kept)
        {
            return kept;
        }

        await slot.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (slot.Find(time.GetUtcNow()) is T meanwhile)
            {
                return meanwhile;
            }

            var loaded = await load(cancellationToken).ConfigureAwait(false);
            if (loaded is not null)
            {
                slot.Keep(loaded, time.GetUtcNow() + lifetime(loaded));
                Trim();
            }

            return loaded;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private Slot? Find(Connection connection, string key) => _slots.GetValueOrDefault((connection.Name, connection.CredentialVersion, key));

    // Old credentials and old keys would stay for ever: past the limit whatever has ended goes.
    private void Trim()
    {
        if (_slots.Count <= Most)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var entry in _slots.Where(entry => entry.Value.Find(now) is null))
        {
            _slots.TryRemove(entry);
        }
    }

    private sealed class Slot
    {
        private volatile Kept? _kept;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public object? Find(DateTimeOffset now) => _kept is { } kept && now < kept.Until ? kept.Value : null;

        public void Keep(object value, DateTimeOffset until) => _kept = new Kept(value, until);

        public void Clear(Func<object, bool> wanted)
        {
            if (_kept is { } kept && wanted(kept.Value))
            {
                Interlocked.CompareExchange(ref _kept, null, kept);
            }
        }

        private sealed record Kept(object Value, DateTimeOffset Until);
    }
}
