using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>What is counted, what is noted, and when a hook fails.</summary>
public sealed class HookAccountTests : IDisposable
{
    private readonly LedgerHouse _house = new();

    [Fact]
    public void The_ring_holds_the_last_hundred_notes_in_order_and_the_counts_hold_all()
    {
        for (var i = 0; i < 250; i++)
        {
            _house.Refuse("inbox", i % 2 == 0 ? HookNoteKind.NoProof : HookNoteKind.WrongProof, $"Number {i}.");
        }

        var notes = _house.Ledger.Notes(new HookKey(HookScope.Hook, "inbox", ""));
        Assert.Equal(Enumerable.Range(150, 100).Select(i => $"Number {i}."), notes.Select(note => note.Text));
        Assert.Equal((125L, 125L), (_house.Look("inbox").Counts[HookNoteKind.NoProof], _house.Look("inbox").Counts[HookNoteKind.WrongProof]));
        Assert.Equal("Number 249.", _house.Report.Notes(null, duplicates: false, 10).Notes[0].Note.Text);
        Assert.Equal(10, _house.Report.Notes(null, duplicates: false, 10).Notes.Count);
    }

    [Fact]
    public void A_note_is_cut_and_cleaned()
    {
        _house.Refuse("inbox", HookNoteKind.NotJson, new string('t', 5000), userAgent: "Evil\u001b[31m\u202e\n" + new string('x', 500));

        var note = Assert.Single(_house.Ledger.Notes(new HookKey(HookScope.Hook, "inbox", "")));
        Assert.Equal(60, note.UserAgent.Length);
        Assert.StartsWith("Evil?[31m??xxx", note.UserAgent, StringComparison.Ordinal);
        Assert.Equal(400, note.Text.Length);
        Assert.Equal(2, note.BodyLength);
    }

    [Fact]
    public void Duplicates_are_told_apart_by_their_body_and_name_the_first()
    {
        _house.Take("inbox", "evt_1", test: true);
        _house.Take("inbox", "evt_2", "evt_1", test: true);
        _house.Take("inbox", "evt_3", "evt_1", sameBody: false);

        var seen = _house.Look("inbox");
        Assert.Equal((1L, 1L, 2L, 1L, 0L), (seen.Arrivals!.Events, seen.Arrivals.Tests, seen.Duplicates, seen.OtherBodies, seen.Refused));
        Assert.Equal(
            [(HookNoteKind.Duplicate, "Duplicate of evt_1, with the same body."), (HookNoteKind.OtherBody, "Duplicate of evt_1, with another body; the first one counts.")],
            _house.Ledger.Notes(new HookKey(HookScope.Hook, "inbox", "")).Select(note => (note.Kind, note.Text)));
        Assert.Equal(2, _house.Report.Notes("inbox", duplicates: true, 100).Notes.Count);
        Assert.Empty(_house.Report.Notes("spot", duplicates: true, 100).Notes);
    }

    [Fact]
    public void Another_body_is_warned_of_once_a_minute_and_hook()
    {
        for (var second = 0; second < 120; second++)
        {
            _house.Take("inbox", $"evt_x{second}", "evt_1", sameBody: false);
            _house.Take("spot/live.updated", $"evt_y{second}", "evt_2");
            _house.Clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            Enumerable.Repeat("Warning event.other-body hook=inbox event=evt_1: the sender repeated its id with another body; the first one counts", 2),
            _house.Log.Lines.Select(line => line.Trim()));
    }

    [Theory]
    [InlineData(HookNoteKind.Malformed, true)]
    [InlineData(HookNoteKind.OutsideWindow, true)]
    [InlineData(HookNoteKind.WrongProof, true)]
    [InlineData(HookNoteKind.NotSupported, true)]
    [InlineData(HookNoteKind.NotConfigured, true)]
    [InlineData(HookNoteKind.NotJson, true)]
    [InlineData(HookNoteKind.TooLarge, true)]
    [InlineData(HookNoteKind.StoreBusy, true)]
    [InlineData(HookNoteKind.NoProof, false)]
    [InlineData(HookNoteKind.TooSlow, false)]
    public void A_streak_is_made_of_what_looks_like_the_platform(HookNoteKind kind, bool fails)
    {
        _house.Refuse("inbox", kind, "Because.");
        Assert.Equal(fails, _house.Look("inbox").Streak is not null);
    }

    [Fact]
    public void A_streak_begins_goes_on_and_ends_with_the_next_delivery_that_is_taken()
    {
        var start = _house.Clock.GetUtcNow();
        _house.Refuse("spot/live.updated", HookNoteKind.WrongProof, "First.", "one");
        _house.Clock.Move(TimeSpan.FromSeconds(5));
        _house.Refuse("spot/live.updated", HookNoteKind.StoreBusy, "Second.", "one");
        _house.Clock.Move(TimeSpan.FromSeconds(5));
        _house.Refuse("spot/live.updated", HookNoteKind.NoProof, "A stranger.", "zero");
        _house.Refuse("spot/live.updated", HookNoteKind.NotJson, "Third.", "two");

        Assert.Equal(new Streak(start, start.AddSeconds(10), 3, 2, HookNoteKind.NotJson, "Third."), _house.Look("spot", "live.updated").Streak);

        _house.Take("spot/live.updated", "evt_2", duplicateOf: "evt_1");
        Assert.Null(_house.Look("spot", "live.updated").Streak);
        Assert.Null(_house.Look("spot", "live.updated").Ended);
    }

    [Fact]
    public async Task A_streak_that_cost_something_stays_visible_when_a_harmless_one_follows_and_after_a_restart()
    {
        _house.Refuse("spot/live.updated", HookNoteKind.StoreBusy, "Full disk.");
        var since = _house.Clock.GetUtcNow();
        _house.Clock.Move(TimeSpan.FromHours(30));
        _house.Take("spot/live.updated", "evt_1");
        _house.Refuse("spot/live.updated", HookNoteKind.WrongProof);
        _house.Take("spot/live.updated", "evt_2");
        await _house.Store.KeepHooksAsync(_house.Ledger.TakeChanges(), _house.Uptime.Now, TestContext.Current.CancellationToken);
        _house.Restart();
        await _house.Keeper.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(since, _house.Look("spot", "live.updated").Ended!.Streak.Since);
        var hook = _house.Report.Answer("spot")!.Connections[0].Sources[0].Hooks.Single(one => one.Name == "spot/live.updated");
        Assert.Null(hook.AtStake);
        Assert.StartsWith("MeltingSpot gave up at 17:38:10 on up to 1 event. Since 20:03:05 deliveries are taken again. ", hook.Lost!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_hook_is_warned_of_when_it_begins_and_when_it_gets_worse_but_once_in_ten_minutes()
    {
        _house.Refuse("spot/live.updated", HookNoteKind.WrongProof, "Wrong.");
        for (var second = 0; second < 600; second++)
        {
            _house.Watch.Look();
            _house.Refuse("spot/live.updated", HookNoteKind.WrongProof, "Wrong.");
            _house.Clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_house.Log.Lines);
        Assert.Contains("hook.stake hook=spot/live.updated failures=1 why=WrongProof (Wrong.) MeltingSpot tries again until", _house.Log.Lines.First(), StringComparison.Ordinal);

        _house.Clock.Move(TimeSpan.FromHours(28));
        _house.Watch.Look();
        _house.Watch.Look();
        Assert.Equal(2, _house.Log.Lines.Count);
        Assert.Contains("MeltingSpot gave up at", _house.Log.Lines.Last(), StringComparison.Ordinal);

        _house.Clock.Move(TimeSpan.FromDays(4));
        _house.Watch.Look();
        Assert.Contains("has most likely disabled this webhook", _house.Log.Lines.Last(), StringComparison.Ordinal);
        Assert.Equal(3, _house.Log.Lines.Count);

        // A blink of success does not buy a second warning at once.
        _house.Take("spot/live.updated", "evt_1");
        _house.Refuse("spot/live.updated", HookNoteKind.WrongProof, "Wrong.");
        _house.Watch.Look();
        Assert.Equal(3, _house.Log.Lines.Count);
        _house.Clock.Move(TimeSpan.FromMinutes(10));
        _house.Watch.Look();
        Assert.Equal(4, _house.Log.Lines.Count);
    }

    [Fact]
    public void A_sender_with_a_proof_cannot_make_more_than_a_thousand_hooks()
    {
        for (var i = 0; i < 1500; i++)
        {
            _house.Take($"inbox/e{i}", $"evt_{i}");
        }

        Assert.Equal(1001, _house.Ledger.All.Count());
        Assert.Equal(1500, _house.Ledger.All.Sum(account => account.Arrivals?.Events ?? 0));
    }

    [Fact]
    public void Addresses_and_agents_that_hold_a_secret_are_not_shown()
    {
        const string Token = ConnectorHub.Tests.Gateway.Support.RunningGateway.UrlToken;
        foreach (var address in (string[])[$"nobody/{Token}", $"inbox/{new string('x', 100)}{Token}", $"spot/{Token}", "nobody/" + Uri.EscapeDataString(Token)])
        {
            _house.Ledger.Refused(address, LedgerHouse.Visit("{}", $"agent {Token}"));
        }

        Assert.Equal(4, _house.Report.Notes(null, duplicates: false, 100).Notes.Count);
        Assert.All(_house.Report.Notes(null, duplicates: false, 100).Notes, summary =>
        {
            Assert.DoesNotContain(Token, summary.Note.Text, StringComparison.Ordinal);
            Assert.Contains("/hooks/***", summary.Note.Text, StringComparison.Ordinal);
            Assert.Equal("***", summary.Note.UserAgent);
        });
    }

    public void Dispose() => _house.Dispose();
}
