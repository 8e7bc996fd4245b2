using ConnectorHub.Tests.Benchmarks.Kills;

namespace ConnectorHub.Tests.EndToEnd.Kills;

/// <summary>The judge is the part of the kill test that must not be wrong: every fault it exists for is planted here.</summary>
public sealed class KillJudgeTests
{
    [Fact]
    public void Evidence_without_fault_is_acquitted() => Assert.Empty(KillJudge.Faults(Sound()));

    [Fact]
    public void An_acknowledged_event_missing_from_the_store_is_a_loss() =>
        AssertFault("acknowledged but not stored: 1 (3)", Sound() with { Stored = Without(Sound().Stored, 3), Effects = EffectsOf(0, 1, 2, 4, 5, 6, 7, 8, 9) });

    [Fact]
    public void A_stored_event_without_effect_is_a_loss_though_its_run_says_succeeded() =>
        AssertFault("stored but without effect: 1 (4)", Sound() with { Effects = EffectsOf(0, 1, 2, 3, 5, 6, 7, 8, 9) });

    [Fact]
    public void An_event_stored_without_acknowledgement_owes_its_effect_too() =>
        AssertFault(
            "stored but without effect: 1 (10)",
            Sound() with { Stored = [.. Sound().Stored, new StoredEvent(10, ["Succeeded"])] });

    [Fact]
    public void The_same_delivery_twice_is_a_double() =>
        AssertFault("the same effect happened twice: 1 (5)", Sound() with { Effects = [.. Sound().Effects, ("key-5", 5)] });

    [Fact]
    public void Two_deliveries_of_one_event_are_a_double() =>
        AssertFault("several effects of one event: 1 (5)", Sound() with { Effects = [.. Sound().Effects, ("another-key", 5)] });

    [Fact]
    public void An_event_stored_twice_is_a_fault() =>
        AssertFault("stored twice: 1 (5)", Sound() with { Stored = [.. Sound().Stored, new StoredEvent(5, ["Succeeded"])] });

    [Fact]
    public void A_run_that_asks_owes_neither_effect_nor_its_absence()
    {
        var asking = Sound() with { Stored = [.. Without(Sound().Stored, 5), new StoredEvent(5, ["Asking"])] };
        Assert.Empty(KillJudge.Faults(asking));
        Assert.Empty(KillJudge.Faults(asking with { Effects = EffectsOf(0, 1, 2, 3, 4, 6, 7, 8, 9) }));
        Assert.Equal([5], KillJudge.Asking(asking));
    }

    [Fact]
    public void An_effect_nobody_asked_for_is_a_fault() =>
        AssertFault("an effect without a stored event: 1 (77)", Sound() with { Effects = [.. Sound().Effects, ("key-77", 77)] });

    [Theory]
    [InlineData("DeadLettered")]
    [InlineData("Queued")]
    [InlineData("Running")]
    public void A_kill_neither_parks_a_run_nor_leaves_it_open(string state) =>
        AssertFault($"runs left {state}: 1 (5)", Sound() with { Stored = [.. Without(Sound().Stored, 5), new StoredEvent(5, [state])] });

    [Fact]
    public void Too_few_accepted_events_prove_nothing() =>
        AssertFault("only 10 of 11 planned events were accepted", Sound() with { Planned = 11 });

    [Fact]
    public void Events_that_were_begun_and_never_accepted_count_against_the_plan() =>
        AssertFault("only 10 of 11 planned events were accepted", Sound() with { Drawn = 11 });

    [Fact]
    public void A_run_without_an_effect_after_the_last_kill_proves_nothing() =>
        AssertFault("no effect followed the last kill", Sound() with { AcknowledgedBeforeTail = 10 });

    [Fact]
    public void A_damaged_store_is_a_fault() => AssertFault("the store is damaged: page 3", Sound() with { Integrity = "page 3" });

    [Fact]
    public void A_gateway_that_will_not_end_is_a_fault()
    {
        AssertFault("the gateway did not end when asked to", Sound() with { ExitCode = null });
        AssertFault("the gateway ended with exit code 134", Sound() with { ExitCode = 134 });
    }

    private static KillEvidence Sound() => new(
        Planned: 10,
        Drawn: 10,
        Acknowledged: [.. Enumerable.Range(0, 10)],
        AcknowledgedBeforeTail: 8,
        Stored: [.. Enumerable.Range(0, 10).Select(number => new StoredEvent(number, ["Succeeded"]))],
        Effects: EffectsOf([.. Enumerable.Range(0, 10)]),
        Integrity: "ok",
        ExitCode: 0);

    private static IReadOnlyList<StoredEvent> Without(IReadOnlyList<StoredEvent> stored, int number) =>
        [.. stored.Where(entry => entry.Number != number)];

    private static IReadOnlyList<(string DeliveryId, int Number)> EffectsOf(params int[] numbers) =>
        [.. numbers.Select(number => ($"key-{number}", number))];

    private static void AssertFault(string expected, KillEvidence evidence) => Assert.Equal([expected], KillJudge.Faults(evidence));
}
