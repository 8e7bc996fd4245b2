using System.Globalization;
using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>The search index of the store in one file: whatever it rules out is not there. It is held to a store that reads every event.</summary>
public sealed class SqliteSearchTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 5, 7, 17, 28, 34, TimeSpan.FromHours(2));

    // Letters with two cases, with one, with more bytes than one, of two chars; what JSON escapes; what looks like an escape and is none.
    private static readonly string[] Pieces =
        ["a", "B", "e", "é", "É", "ß", "ẞ", "ı", "İ", "i", "I", "ſ", "s", "K", "k", "K", "µ", "Μ", "я", "Я", "ώ", "Ώ", "漢", "😀", "𐐀", "𐐨", "ა", "Ა", " ", "@", ".", "-", "4", "711", "\"", "\\", "\\\\", "\\/", "\\u00e9",
         "\\u00C9", "\\u0", "\\uD83D", "\\n", "\\u002b", "+", "lovelace", "example.com", "\0", "\uFFFD"];

    private readonly SqliteFolder _indexed = new();
    private readonly SqliteFolder _plain = new();
    private readonly Random _random = new(20_261_121);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SqliteSearchTests()
    {
        (_indexed.Options.SearchBlock, _indexed.Options.IndexShare) = (8, 1);
        _plain.Options.IndexShare = 0;
    }

    public void Dispose()
    {
        _indexed.Dispose();
        _plain.Dispose();
    }

    [Fact]
    public async Task Whatever_is_asked_the_index_answers_what_the_events_say()
    {
        await using var indexed = await _indexed.OpenAsync(Now);
        await using var plain = await _plain.OpenAsync(Now);
        var events = Enumerable.Range(0, 600).Select(i => RandomEvent(Id(i))).ToList();
        await AcceptAsync(events, indexed, plain);
        await IndexedAsync(events.Count);

        foreach (var text in Enumerable.Range(0, 3_000).Select(i => i % 3 == 0 ? RandomText(1 + _random.Next(12)) : PartOf(events[_random.Next(events.Count)])))
        {
            var (expected, answer) = (await AllAsync(plain, new EventQuery(text)), await AllAsync(indexed, new EventQuery(text)));
            Assert.Equal(expected.Ids, answer.Ids);
            Assert.Equal(events.Count, answer.Searched);
        }
    }

    [Fact]
    public async Task Events_that_come_in_any_order_are_found()
    {
        await using var indexed = await _indexed.OpenAsync(Now);
        await using var plain = await _plain.OpenAsync(Now);
        var order = Enumerable.Range(0, 800).ToArray();
        _random.Shuffle(order.AsSpan(0, 300));
        _random.Shuffle(order);
        foreach (var few in order.Chunk(40))
        {
            await AcceptAsync([.. few.Select(i => Event(Id(i), $$"""{"mail":"person{{i}}@example.com"}"""))], indexed, plain);
            foreach (var i in few)
            {
                var text = $"person{i}@example.com";
                Assert.Equal([Id(i)], (await AllAsync(indexed, new EventQuery(text))).Ids);
            }
        }

        foreach (var i in order)
        {
            Assert.Equal([Id(i)], (await AllAsync(indexed, new EventQuery($"PERSON{i}@example"))).Ids);
        }
    }

    [Fact]
    public async Task A_search_that_is_ruled_out_reads_no_event_and_counts_them_all()
    {
        await using var store = await _indexed.OpenAsync(Now);
        await AcceptAsync([.. Enumerable.Range(0, 400).Select(i => Event(Id(i), $$"""{"mail":"person{{i}}@example.com"}"""))], store);
        await IndexedAsync(400);

        // A page reads at most one event here: all but the newest, which are in no block yet, are passed over within one.
        var before = (string)_indexed.AskBeside("SELECT last_id || ' ' FROM search_blocks ORDER BY first_id DESC LIMIT 1")!;
        var page = await store.SearchEventsAsync(new EventQuery("nobody@example.org", BeforeId: before), 1, Cancel);

        Assert.True(page.End);
        Assert.Empty(page.Found);
        // Another block may have been made meanwhile.
        Assert.Equal(_indexed.AskBeside($"SELECT sum(events) FROM search_blocks WHERE last_id < '{before}'"), (long)page.Searched);
        Assert.Equal(Id(0), page.LastId);
    }

    [Fact]
    public async Task A_text_across_two_fields_is_none()
    {
        await using var store = await _indexed.OpenAsync(Now);
        await AcceptAsync([.. Enumerable.Range(0, 200).Select(i => Event(Id(i), "body") with { Subject = "subject" })], store);
        await IndexedAsync(200);

        Assert.Empty((await AllAsync(store, new EventQuery("subjectbody"))).Ids);
        Assert.Equal(200, (await AllAsync(store, new EventQuery("subject"))).Ids.Count);
    }

    [Fact]
    public async Task A_search_is_narrowed_to_a_hook_and_a_type_also_within_blocks()
    {
        await using var store = await _indexed.OpenAsync(Now);
        await AcceptAsync([.. Enumerable.Range(0, 300).Select(i => Event(Id(i), $$"""{"mail":"person{{i % 50}}@example.com"}""") with { Type = i % 2 == 0 ? "even" : "odd" })], store);
        await IndexedAsync(300);

        Assert.Equal([Id(204), Id(154), Id(104), Id(54), Id(4)], (await AllAsync(store, new EventQuery("person4@", Type: "even", BeforeId: Id(254)))).Ids);
        Assert.Empty((await AllAsync(store, new EventQuery("person4@", Type: "odd"))).Ids);
        Assert.Empty((await AllAsync(store, new EventQuery("person4@", Connection: "nobody"))).Ids);
    }

    [Fact]
    public async Task An_index_that_was_cut_off_goes_on_after_a_restart()
    {
        var events = Enumerable.Range(0, 1_000).Select(i => Event(Id(i), $$"""{"mail":"person{{i}}@example.com"}""")).ToList();
        await using (var store = await _indexed.OpenAsync(Now))
        {
            await AcceptAsync(events, store);
            await IndexedAsync(180);
        }

        var before = Convert.ToInt64(_indexed.AskBeside("SELECT max(number) FROM search_blocks"), CultureInfo.InvariantCulture);
        await using var again = await _indexed.OpenAsync(Now);
        await IndexedAsync(events.Count);

        Assert.Equal(1L, _indexed.AskBeside("SELECT min(number) FROM search_blocks"));
        Assert.InRange(before, 5, 125);
        Assert.Equal(0L, _indexed.AskBeside("SELECT count(*) FROM search_blocks one JOIN search_blocks other ON one.number <> other.number AND one.first_id <= other.last_id AND other.first_id <= one.last_id"));
        Assert.Equal([Id(3)], (await AllAsync(again, new EventQuery("person3@example.com"))).Ids);
    }

    [Fact]
    public async Task A_store_from_before_the_index_gets_one()
    {
        _indexed.Options.IndexShare = 0;
        await using (var old = await _indexed.OpenAsync(Now))
        {
            await AcceptAsync([.. Enumerable.Range(0, 300).Select(i => Event(Id(i), $$"""{"mail":"person{{i}}@example.com"}"""))], old);
        }

        _indexed.Options.IndexShare = 1;
        await using var store = await _indexed.OpenAsync(Now);
        await IndexedAsync(300);

        Assert.Equal([Id(77)], (await AllAsync(store, new EventQuery("person77@example.com"))).Ids);
    }

    [Fact]
    public async Task A_block_goes_with_its_last_event()
    {
        await using var store = await _indexed.OpenAsync(Now);
        await AcceptAsync([.. Enumerable.Range(0, 300).Select(i => Event(Id(i), $$"""{"mail":"person{{i}}@example.com"}"""))], store);
        await IndexedAsync(300);

        await foreach (var _ in store.ForgetAsync(new KeptSince(Now.AddDays(1), Now.AddDays(1)), Now, Cancel))
        {
        }

        Assert.Equal("0 0 1", _indexed.AskBeside("SELECT (SELECT count(*) FROM search_blocks) || ' ' || (SELECT count(*) FROM search_slices) || ' ' || (SELECT count(*) FROM events)"));
        Assert.Equal([Id(299)], (await AllAsync(store, new EventQuery("person"))).Ids);
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"evt_{number:d6}");

    private static IncomingEvent Event(string id, string body) =>
        new(id, "meltingspot", "member.joined", null, Now, null, null, false, Encoding.UTF8.GetBytes(body), [], []);

    private IncomingEvent RandomEvent(string id)
    {
        var body = Encoding.UTF8.GetBytes(RandomText(_random.Next(60)));
        if (body.Length > 0 && _random.Next(4) == 0)
        {
            // No UTF-8 any more.
            body[_random.Next(body.Length)] = (byte)_random.Next(128, 256);
        }

        return Event(id, "") with { Body = body, Subject = _random.Next(2) == 0 ? null : RandomText(_random.Next(10)), Type = RandomText(1 + _random.Next(4)) };
    }

    private string RandomText(int pieces) => string.Concat(Enumerable.Range(0, pieces).Select(_ => Pieces[_random.Next(Pieces.Length)]));

    // What a person copies out of an event, in whatever case.
    private string PartOf(IncomingEvent incoming)
    {
        var body = Encoding.UTF8.GetString(incoming.Body.Span);
        var text = _random.Next(2) == 0 ? body : body.Replace("\\u00e9", "é", StringComparison.Ordinal).Replace("\\/", "/", StringComparison.Ordinal);
        var from = _random.Next(text.Length + 1);
        var part = text.Substring(from, _random.Next(Math.Min(20, text.Length - from) + 1));
        return _random.Next(3) switch { 0 => part.ToUpperInvariant(), 1 => part.ToLowerInvariant(), _ => part };
    }

    private static async Task AcceptAsync(IReadOnlyList<IncomingEvent> events, params SqliteHubStore[] stores)
    {
        foreach (var store in stores)
        {
            foreach (var few in events.Chunk(50))
            {
                await store.AcceptAsync(new Delivery("main", "", Now, few), Cancel);
            }
        }
    }

    private static async Task<(IReadOnlyList<string> Ids, long Searched)> AllAsync(SqliteHubStore store, EventQuery query)
    {
        var (ids, searched) = (new List<string>(), 0L);
        while (true)
        {
            var page = await store.SearchEventsAsync(query, 100, Cancel);
            ids.AddRange(page.Found.Select(row => row.Id));
            searched += page.Searched;
            if (page.End)
            {
                return (ids, searched);
            }

            query = query with { BeforeId = page.LastId };
        }
    }

    // The newest are in no block yet.
    private async Task IndexedAsync(int events)
    {
        const int Newest = 140;
        while (Convert.ToInt64(_indexed.AskBeside("SELECT coalesce(sum(events), 0) FROM search_blocks WHERE slices > 0"), CultureInfo.InvariantCulture) < events - Newest)
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
