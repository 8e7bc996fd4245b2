using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>Every sample of every platform through the real door: posted, stored, repeated, renewed and forged.</summary>
public sealed class SampleDoorTests(SampleDoor door) : IClassFixture<SampleDoor>
{
    private static long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static TheoryData<string, string, string, int> Samples()
    {
        var data = new TheoryData<string, string, string, int>();
        foreach (var source in ConnectorCatalog.All.SelectMany(connector => connector.Sources))
        {
            foreach (var proof in source.Proofs)
            {
                foreach (var known in source.Events)
                {
                    foreach (var (number, _) in known.Bodies.Index())
                    {
                        data.Add(source.Name, proof, known.Name, number);
                    }
                }
            }
        }

        return data;
    }

    public static TheoryData<string, string> Wrapping()
    {
        var data = new TheoryData<string, string>();
        foreach (var (_, source) in SampleDoor.Wrapping)
        {
            foreach (var proof in source.Proofs)
            {
                data.Add(source.Name, proof);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_stored_as_it_was_sent_once_however_often_it_comes(string source, string proof, string type, int variant)
    {
        var (connector, sender, known) = Find(source, type);
        var (id, now) = ($"msg_{proof}_{type.Replace('.', '_')}_{variant}", Now());
        var body = sender.Renew(SampleDoor.Body(known.Bodies.ElementAt(variant)), id, now);
        var read = Assert.Single(door.Read(connector, sender, proof, type, body, id, now));
        var before = await door.RowsAsync(connector, proof);

        var taken = await door.SendAsync(connector, sender, proof, type, body, id, now);
        var again = await door.SendAsync(connector, sender, proof, type, body, id, now);
        var renewed = await door.SendAsync(
            connector, sender, proof, type, sender.Renew(SampleDoor.Body(known.Bodies.ElementAt(variant)), id + "x", now.AddMilliseconds(1005)), id + "x", now.AddMilliseconds(1005));

        Assert.All((HttpStatusCode[])[taken.Status, again.Status, renewed.Status], status => Assert.Equal(HttpStatusCode.OK, status));
        var row = (await door.Store.FindEventAsync(taken.EventId!, CancellationToken.None))!;
        Assert.Equal((source, type, read.Time, read.Subject, read.Test), (row.Source, row.Type, row.Time, row.Subject, row.Test));
        Assert.Equal(read.Dedupe?.Value, row.DedupeKey);
        AssertSameBody(sender, body, row);
        Assert.Equal(read.Dedupe is not null, again.Duplicate);
        Assert.Equal(read.Dedupe is not null, again.EventId == taken.EventId);
        Assert.False(renewed.Duplicate);
        Assert.Equal(before.Count + (read.Dedupe is null ? 3 : 2), (await door.RowsAsync(connector, proof)).Count);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_spoilt_sample_gets_the_answer_every_stranger_gets(string source, string proof, string type, int variant)
    {
        var (connector, sender, known) = Find(source, type);
        var now = Now();
        var before = await door.RowsAsync(connector, proof);

        var refused = await door.SendAsync(connector, sender, proof, type, SampleDoor.Body(known.Bodies.ElementAt(variant)), "msg_spoilt", now, spoil: true);

        Assert.Equal((HttpStatusCode.Unauthorized, """{"error":"not accepted"}"""), (refused.Status, refused.Body));
        Assert.Equal(before.Count, (await door.RowsAsync(connector, proof)).Count);
    }

    [Theory]
    [MemberData(nameof(Wrapping))]
    public async Task Three_events_of_one_delivery_have_a_key_and_a_run_each_and_repeated_with_a_fourth_only_that_one_is_new(string source, string proof)
    {
        var (connector, sender, _) = Find(source, null);
        var now = Now();
        var items = Enumerable.Range(0, 4).Select(number =>
        {
            var known = sender.Events[number % sender.Events.Count];
            return sender.Deliver(sender.Renew(SampleDoor.Body(known.Sample), $"item_{proof}_{number}", now.AddMilliseconds((number * 1000) + 3)));
        }).ToList();

        var three = Ids(await door.PostAsync(connector, sender, proof, sender.Events[0].Name, SampleDoor.Join(items.Take(3)), "msg_three", now));
        var four = Ids(await door.PostAsync(connector, sender, proof, sender.Events[0].Name, SampleDoor.Join(items), "msg_four", now));

        Assert.Equal([false, false, false], three.Select(one => one.Duplicate));
        Assert.Equal([true, true, true, false], four.Select(one => one.Duplicate));
        Assert.Equal(three.Select(one => one.Id), four.Take(3).Select(one => one.Id));
        Assert.Equal(4, four.Select(one => one.Id).Distinct().Count());
        var rows = new List<EventRow>();
        foreach (var (id, _) in four)
        {
            rows.Add((await door.Store.FindEventAsync(id, CancellationToken.None))!);
            Assert.Single(await door.Store.ListRunsAsync(new RunQuery(EventId: id), CancellationToken.None));
        }

        Assert.Equal(4, rows.Select(row => row.DedupeKey).Where(key => key is not null).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 4).Select(number => sender.Events[number % sender.Events.Count].Name), rows.Select(row => row.Type));
    }

    // A moment of its own for each delivery, since some platforms have nothing else to tell two apart; in milliseconds, which all of them write.
    private static DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Add(ref _now, 10));

    private static (IConnector Connector, IEventSource Source, EventType Known) Find(string source, string? type)
    {
        var (connector, found) = ConnectorCatalog.All.SelectMany(connector => connector.Sources.Select(one => (connector, one))).Single(one => one.one.Name == source);
        return (connector, found, found.Events.First(known => type is null || known.Name == type));
    }

    private static void AssertSameBody(IEventSource source, ReadOnlyMemory<byte> body, EventRow row)
    {
        using var sent = JsonDocument.Parse(body);
        using var stored = JsonDocument.Parse(row.Body);
        Assert.True(JsonElement.DeepEquals(sent.RootElement, stored.RootElement));
        if (source.Deliver(body).Span.SequenceEqual(body.Span))
        {
            Assert.Equal(body.ToArray(), row.Body.ToArray());
        }
    }

    private static List<(string Id, bool Duplicate)> Ids(HookSender.Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. JsonNode.Parse(answer.Body)!["events"]!.AsArray().Select(one => (one!["id"]!.GetValue<string>(), one["duplicate"]?.GetValue<bool>() == true))];
    }
}
