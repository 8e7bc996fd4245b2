using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>What <c>why</c> and <c>events</c> say of all that came, and of what never came. Ids and times are replaced.</summary>
public partial class WhyTests
{
    private const string MemberRecipe = """
        version: 1
        name: New member
        when: { source: meltingspot, event: [member.created, live.update] }
        mode: rehearse
        steps:
          - { id: post, use: slack.post-message, with: { channel: "C0123456789", text: "{{ meta.type }}" } }
        """;

    private const string Header = "<evt> live.updated <time>  live.yaml@<hash>\n  When MeltingSpot sends live.updated and event.live.status is Live, it posts a message to a channel, a thread or a person.\n";

    [Fact]
    public async Task A_text_in_a_body_finds_the_event_and_every_line_that_decided()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var first = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_first");

        const string told = Header
            + "  yes  when   meltingspot / live.updated\n"
            + "  no   if[1]  event.live.status is Live   value was \"Planned\"\n"
            + "Skipped: nothing was sent. It would match if event.live.status were \"Live\".\n";
        Assert.Equal(told, await WhyAsync(gateway, "product NEWS"));
        Assert.Equal(told, await WhyAsync(gateway, "msg_first"));
        Assert.Equal(told, await WhyAsync(gateway, "product", "live"));
    }

    [Fact]
    public async Task A_repetition_is_told_to_be_one_and_the_first_is_explained()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var first = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_twice");
        using var again = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_twice");

        Assert.StartsWith("<time>  spot/live.updated  is a duplicate of <evt> received <time>; the first one counts:\n" + Header, await WhyAsync(gateway, "msg_twice"), StringComparison.Ordinal);
        Assert.Equal(
            "<evt>  <time>  spot/live.updated  9d1c  no recipe took it (live)  1 duplicate of it\n\n<time>  spot/live.updated  is a duplicate of <evt> received <time>\n",
            await EventsAsync(gateway, "msg_twice"));
    }

    [Fact]
    public async Task An_event_that_no_recipe_waits_for_names_those_of_its_source_and_the_slip()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string> { ["member"] = MemberRecipe.Replace("live.update]", "live.updatd]", StringComparison.Ordinal) });
        using var taken = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        using var other = await gateway.Http.PostAsync($"/hooks/inbox?token={RunningGateway.UrlToken}", new StringContent("""{"order":"A-17"}"""));

        Assert.Equal(
            "<evt> live.updated <time>\nNo recipe waits for meltingspot / live.updated; the event is kept. 'live.updatd' in member is nearly the same: is it a slip? "
            + "Recipes of meltingspot wait for: live.updatd (member), member.created (member).\n",
            await WhyAsync(gateway, "Product news"));
        Assert.Contains("No recipe waits for events of webhook; the event is kept. Write one with: connectorhub init --source webhook --event ", await WhyAsync(gateway, "A-17"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_came_later_is_told_with_what_it_would_do()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string> { ["member"] = MemberRecipe.Replace(", live.update]", "]", StringComparison.Ordinal) });
        using var taken = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        Assert.Equal(
            "<evt> live.updated <time>\nNo recipe waits for meltingspot / live.updated; the event is kept. Recipes of meltingspot wait for: member.created (member).\n",
            await WhyAsync(gateway, "9d1c"));

        await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "recipes", "live.yaml"), Bodies.LiveRecipe);
        var later = await RunningGateway.EventuallyAsync(async () => await WhyAsync(gateway, "9d1c") is var told && told.Contains("live.yaml", StringComparison.Ordinal) ? told : null, "the later recipe");

        Assert.Equal(
            Header + "  yes  when   meltingspot / live.updated\n  yes  if[1]  event.live.status is Live   value was \"Live\"\n"
            + "No run: the recipe was not live when the event came. As it is now, it would take such an event. To open one when the recipe can run: connectorhub replay <evt> --recipe live\n",
            later);
    }

    [Fact]
    public async Task A_refused_delivery_is_found_by_its_hook_with_its_reason_and_what_to_do()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var unsigned = await gateway.Http.PostAsync("/hooks/spot/live.updated", new StringContent("{}"));

        var told = await WhyAsync(gateway, "spot/live");

        Assert.StartsWith("<time>  spot/live.updated  refused, without any proof: ", told, StringComparison.Ordinal);
        Assert.Contains("\n  What you can do: Nothing, if this was a stranger. If it was the platform: ", told, StringComparison.Ordinal);
        Assert.StartsWith("<time>  spot/live.updated  refused, without any proof: ", await EventsAsync(gateway, "spot/live"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_found_it_says_what_was_searched_what_came_at_all_and_what_to_do()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        Assert.Equal(
            """
            Nothing that came holds 'ana@shop.example'.
            Searched: no event has ever come; and 0 refused or repeated deliveries (the last 100 of each hook are kept, without their bodies).

            spot/live.updated  no event has ever come

            What you can do:
              - Look at the platform's own list of deliveries: did it send this, to which address, and what was it answered?
              - Give the platform its address: connectorhub hooks spot
              - Try a shorter text: the platform may write it another way.

            """.ReplaceLineEndings("\n"),
            await WhyAsync(gateway, "ana@shop.example"));

        using var first = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        using var unsigned = await gateway.Http.PostAsync("/hooks/spot/live.updated", new StringContent("{}"));
        Assert.Equal(
            """
            Nothing that came holds 'ana@shop.example'.
            Searched: 1 event since <time>, all there are; and 1 refused or repeated delivery (the last 100 of each hook are kept, without their bodies).

            spot/live.updated  last event <time> (<evt>)  last refused <time>: without any proof

            What you can do:
              - Look at the platform's own list of deliveries: did it send this, to which address, and what was it answered?
              - See what was refused, and why: connectorhub events --refused
              - Try a shorter text: the platform may write it another way.

            """.ReplaceLineEndings("\n"),
            await WhyAsync(gateway, "ana@shop.example"));
    }

    [Fact]
    public async Task More_events_than_are_shown_are_said_to_be_there()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        foreach (var _ in Enumerable.Range(0, 6))
        {
            using var taken = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        }

        var told = await WhyAsync(gateway, "Product news");

        Assert.Equal(5, told.Split(Header).Length - 1);
        Assert.EndsWith("\nThere are more. The newest 5 are explained; list the others with: connectorhub events \"Product news\"\n", told, StringComparison.Ordinal);
        Assert.EndsWith("\nThere are more. The newest 3 are shown; --limit shows more.\n", await EventsAsync(gateway, "Product news", 3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_is_not_there_gets_the_nearest()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        var said = await Assert.ThrowsAsync<CommandFailedException>(() => WhyAsync(gateway, "anything", "lives"));
        Assert.Equal("There is no recipe 'lives'. Did you mean 'live'? There are: live.", said.Message);
    }

    [Fact]
    public async Task A_run_leads_to_its_event_and_is_shown_with_what_its_recipe_does()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string> { ["member"] = MemberRecipe.Replace(", live.update]", "]", StringComparison.Ordinal) });
        using var taken = await gateway.PostAsync("member.created", "{}");
        var run = await gateway.RunAsync("member", _ => true);

        Assert.StartsWith("<evt> member.created <time>  member.yaml@<hash>\n  When MeltingSpot sends member.created, it posts a message to a channel, a thread or a person.\n", await WhyAsync(gateway, run.Id), StringComparison.Ordinal);
        Assert.Contains("\"inShort\":\"When MeltingSpot sends member.created, it posts a message to a channel, a thread or a person.\"", await gateway.GetAsync($"/api/runs/{run.Id}"), StringComparison.Ordinal);
        Assert.Contains("\"state\":\"rehearse\"", await gateway.GetAsync("/api/recipes"), StringComparison.Ordinal);
        Assert.Contains("\"inShort\":\"When MeltingSpot sends member.created, it posts a message to a channel, a thread or a person.\"", await gateway.GetAsync("/api/recipes"), StringComparison.Ordinal);
        Assert.Contains(gateway.Log.Lines, line => line.Contains("recipe.changed recipe=member change=Loaded When MeltingSpot sends member.created, it posts a message to a channel, a thread or a person.", StringComparison.Ordinal));
    }

    private static async Task<string> WhyAsync(RunningGateway gateway, string text, string? recipe = null)
    {
        var path = $"/api/why?text={Uri.EscapeDataString(text)}{(recipe is null ? "" : $"&recipe={recipe}")}";
        var found = JsonSerializer.Deserialize<WhyFound>(await gateway.GetAsync(path), AdminClient.Readable)!;
        return Printed((output, printer) => new FoundPrinter(output, printer).Why(text, found));
    }

    private static async Task<string> EventsAsync(RunningGateway gateway, string text, int limit = 20)
    {
        var found = JsonSerializer.Deserialize<EventsFound>(await gateway.GetAsync($"/api/events/search?text={Uri.EscapeDataString(text)}&limit={limit}"), AdminClient.Readable)!;
        return Printed((output, printer) => new FoundPrinter(output, printer).Events(text, found));
    }

    private static string Printed(Action<TextWriter, Printer> print)
    {
        using var page = new StringWriter { NewLine = "\n" };
        print(page, new Printer(page));
        return Hash().Replace(Moment().Replace(Event().Replace(page.ToString(), "<evt>"), "<time>"), "@<hash>");
    }

    [GeneratedRegex("evt_[0-9A-Z]{26}")]
    private static partial Regex Event();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")]
    private static partial Regex Moment();

    [GeneratedRegex("@[0-9a-f]{6}\\b")]
    private static partial Regex Hash();
}
