using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Doctor;

/// <summary>What only the process that serves can tell of itself.</summary>
/// <param name="Findings">Of the settings it was started with.</param>
/// <param name="OldestUnfinished">The oldest run that has not come to its end; null where all have.</param>
/// <param name="Leases">Who works on runs.</param>
/// <param name="Pauses">What a person holds up.</param>
/// <param name="Secrets">Where each is kept and whether it can be read; never a value.</param>
public sealed record VitalsAnswer(
    IReadOnlyList<string> Findings,
    RunSummary? OldestUnfinished,
    IReadOnlyList<LeaseHolder> Leases,
    IReadOnlyList<PauseView> Pauses,
    IReadOnlyList<SecretPlace> Secrets)
{
    /// <summary>Nothing to tell.</summary>
    internal static VitalsAnswer None { get; } = new([], null, [], [], []);
}

/// <summary>Takes them.</summary>
public sealed class Vitals
{
    // A lease that is just over is taken up by the next sweep.
    private static readonly TimeSpan LeaseGrace = TimeSpan.FromSeconds(10);

    private static readonly string[] OfSecrets =
        [SettingsCodes.LiteralSecret.Number, SettingsCodes.ReadableSecret.Number, SettingsCodes.NotUsable.Number];

    private readonly HubSetup _setup;
    private readonly IHubStore _store;
    private readonly SettingsConnections _connections;
    private readonly TimeProvider _time;

    internal Vitals(HubSetup setup, IHubStore store, SettingsConnections connections, TimeProvider time) =>
        (_setup, _store, _connections, _time) = (setup, store, connections, time);

    /// <summary>As they are now.</summary>
    public async Task<VitalsAnswer> TakeAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var oldest = await _store.OldestUnfinishedAsync(cancellationToken).ConfigureAwait(false);
        var secrets = _connections.Places();
        return new VitalsAnswer(
            [.. _setup.Warnings.Where(finding => !IsOfSecrets(finding, secrets))],
            oldest is null ? null : AdminViews.Summary(oldest),
            await _store.LeasesAsync(now - LeaseGrace, cancellationToken).ConfigureAwait(false),
            await _store.PauseViewsAsync(now, cancellationToken).ConfigureAwait(false),
            secrets);
    }

    // What the list of secrets says with more words. A hook stands open also where no secret is named at all: that stays.
    private static bool IsOfSecrets(string finding, IReadOnlyList<SecretPlace> secrets) =>
        Array.Exists(OfSecrets, code => finding.Contains(code, StringComparison.Ordinal))
        || (finding.Contains(SettingsCodes.OpenHook.Number, StringComparison.Ordinal)
            && secrets.Any(place => place.Problem is not null && finding.StartsWith($"Connections:{place.Connection}:", StringComparison.Ordinal)));
}
