using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>
/// Holds the evidence against the promise: what was acknowledged is stored, its effect happened, once; and against an empty green: a
/// run that accepted too little or did nothing after the last kill proves nothing.
/// </summary>
internal static class KillJudge
{
    private const double LeastAccepted = 0.95;

    /// <summary>Everything that is wrong; empty means that the promise held.</summary>
    public static IReadOnlyList<string> Faults(KillEvidence evidence) =>
    [
        .. Accounting(evidence), .. Losses(evidence), .. Doubles(evidence), .. Leftovers(evidence), .. EmptyGreen(evidence),
    ];

    /// <summary>Numbers of events whose run waits for a person because nobody can know whether its call took effect.</summary>
    public static IReadOnlySet<int> Asking(KillEvidence evidence) =>
        evidence.Stored.Where(stored => stored.RunStates.Contains("Asking")).Select(stored => stored.Number).ToHashSet();

    /// <summary>Delivery ids that arrived more than once.</summary>
    public static IReadOnlyList<(string DeliveryId, int Number)> Doubled(KillEvidence evidence) =>
    [
        .. evidence.Effects.GroupBy(effect => effect.DeliveryId).Where(group => group.Count() > 1).Select(group => group.First()),
    ];

    private static IEnumerable<string> Accounting(KillEvidence evidence)
    {
        if (evidence.Integrity != "ok")
        {
            yield return $"the store is damaged: {evidence.Integrity}";
        }

        if (evidence.ExitCode != 0)
        {
            yield return evidence.ExitCode is { } code ? $"the gateway ended with exit code {code}" : "the gateway did not end when asked to";
        }

        var twice = evidence.Stored.GroupBy(stored => stored.Number).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (twice.Count > 0)
        {
            yield return $"stored twice: {Listed(twice)}";
        }
    }

    private static IEnumerable<string> Losses(KillEvidence evidence)
    {
        var stored = evidence.Stored.Select(entry => entry.Number).ToHashSet();
        var lost = evidence.Acknowledged.Where(number => !stored.Contains(number)).ToList();
        if (lost.Count > 0)
        {
            yield return $"acknowledged but not stored: {Listed(lost)}";
        }

        var happened = evidence.Effects.Select(effect => effect.Number).ToHashSet();
        var asking = Asking(evidence);
        var without = stored.Where(number => !happened.Contains(number) && !asking.Contains(number)).Order().ToList();
        if (without.Count > 0)
        {
            yield return $"stored but without effect: {Listed(without)}";
        }
    }

    private static IEnumerable<string> Doubles(KillEvidence evidence)
    {
        var asking = Asking(evidence);
        var doubled = Doubled(evidence).Where(effect => !asking.Contains(effect.Number)).Select(effect => effect.Number).ToList();
        if (doubled.Count > 0)
        {
            yield return $"the same effect happened twice: {Listed(doubled)}";
        }

        var severalKeys = evidence.Effects.DistinctBy(effect => effect.DeliveryId)
            .GroupBy(effect => effect.Number).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (severalKeys.Count > 0)
        {
            yield return $"several effects of one event: {Listed(severalKeys)}";
        }

        var stored = evidence.Stored.Select(entry => entry.Number).ToHashSet();
        var unknown = evidence.Effects.Select(effect => effect.Number).Where(number => !stored.Contains(number)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            yield return $"an effect without a stored event: {Listed(unknown)}";
        }
    }

    private static IEnumerable<string> Leftovers(KillEvidence evidence) =>
        from stored in evidence.Stored
        from state in stored.RunStates
        where state is not ("Succeeded" or "Asking")
        group stored.Number by state into left
        select $"runs left {left.Key}: {Listed([.. left])}";

    private static IEnumerable<string> EmptyGreen(KillEvidence evidence)
    {
        var plan = Math.Max(evidence.Planned, evidence.Drawn);
        if (evidence.Acknowledged.Count < LeastAccepted * plan)
        {
            yield return $"only {evidence.Acknowledged.Count} of {plan} planned events were accepted";
        }

        var tail = evidence.Acknowledged.Skip(evidence.AcknowledgedBeforeTail).ToHashSet();
        if (!evidence.Effects.Any(effect => tail.Contains(effect.Number)))
        {
            yield return "no effect followed the last kill";
        }
    }

    private static string Listed(List<int> numbers) =>
        string.Create(CultureInfo.InvariantCulture, $"{numbers.Count} ({string.Join(", ", numbers.Take(10))}{(numbers.Count > 10 ? ", …" : "")})");
}
