using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Whether this process serves, and when nobody did.</summary>
internal sealed class Uptime(TimeProvider time)
{
    /// <summary>A shorter one is a restart, which senders take for a slow answer.</summary>
    public static readonly TimeSpan Worth = TimeSpan.FromMinutes(1);

    private Liveness? _kept;
    private bool _serves;

    /// <summary>When a gateway was last alive before this process; null where none ever was.</summary>
    public DateTimeOffset? Kept => _kept?.AliveAt;

    /// <summary>Since when nobody serves; null while this process does, and where none ever did.</summary>
    public DateTimeOffset? DownSince => _serves ? null : _kept?.AliveAt;

    /// <summary>The last time that nobody served for more than a minute; null where that never happened.</summary>
    public Downtime? Last { get; private set; }

    /// <summary>True where <see cref="Last"/> ended with the start of this process.</summary>
    public bool JustEnded { get; private set; }

    /// <summary>What is to be kept now.</summary>
    public Liveness Now => new(time.GetUtcNow(), Last);

    /// <summary>Begins with what was kept.</summary>
    public void Load(Liveness? kept) => (_kept, Last) = (kept, kept?.LastDowntime);

    /// <summary>This process serves from now on.</summary>
    public void Begin()
    {
        var now = time.GetUtcNow();
        JustEnded = _kept is { } kept && now - kept.AliveAt > Worth;
        Last = JustEnded ? new Downtime(_kept!.AliveAt, now) : Last;
        _serves = true;
    }
}
