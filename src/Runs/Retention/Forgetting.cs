using System.Globalization;
using ConnectorHub.Runs.Store;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs.Retention;

/// <summary>What a night's work came to.</summary>
/// <param name="Finished">False where the time was over first: the next night goes on.</param>
public sealed record RetentionResult(DateTimeOffset At, Forgotten Gone, bool Finished);

/// <summary>Removes what is kept no longer, bit by bit, beside all other work.</summary>
public sealed class Forgetting(IHubStore store, RetentionOptions options, TimeProvider time, ILogger<Forgetting> logger) : IDisposable
{
    // It rests three times as long as it works.
    private const int RestFor = 3;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Null before the first.</summary>
    public RetentionResult? Last { get; private set; }

    public void Dispose() => _one.Dispose();

    /// <summary>What to say of an event or run that is not there, where its id is older than what is kept; else null.</summary>
    public string? Gone(string id) => IdSource.TimeOf(id) is { } made && made < time.GetUtcNow() - Shortest
        ? $"{id} is no longer kept: events are kept {Days(options.Events)}{(options.Unmatched == options.Events ? string.Empty : $", those that led to no run {Days(options.Unmatched)}")}."
        : null;

    /// <summary>Works until nothing more is to go, or the time is over. A second caller waits for the first.</summary>
    public async Task<RetentionResult> RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var at = time.GetUtcNow();
            var (gone, finished) = await WorkAsync(at, cancellationToken).ConfigureAwait(false);
            Last = new RetentionResult(at, gone, finished);
            if (gone != Forgotten.Nothing || !finished)
            {
                Log.Forgot(logger, gone.Events, gone.Runs, gone.Attempts, gone.Keys, finished ? "all that was due" : "the rest follows the next night");
            }

            return Last;
        }
        finally
        {
            _one.Release();
        }
    }

    private TimeSpan Shortest => options.Events < options.Unmatched ? options.Events : options.Unmatched;

    private static string Days(TimeSpan kept) => kept.TotalDays == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{kept.TotalDays:0.#} days");

    private async Task<(Forgotten Gone, bool Finished)> WorkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = new KeptSince(now - options.Events, now - options.Unmatched);
        var (gone, began, step) = (Forgotten.Nothing, time.GetTimestamp(), time.GetTimestamp());
        await foreach (var few in store.ForgetAsync(kept, now, cancellationToken).ConfigureAwait(false))
        {
            gone = gone.And(few);
            if (time.GetElapsedTime(began) >= options.Longest)
            {
                return (gone, false);
            }

            await Task.Delay(time.GetElapsedTime(step) * RestFor, time, cancellationToken).ConfigureAwait(false);
            step = time.GetTimestamp();
        }

        return (gone, true);
    }
}
