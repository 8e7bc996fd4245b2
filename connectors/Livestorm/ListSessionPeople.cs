using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>What <c>livestorm.list-session-people</c> takes.</summary>
internal sealed record ListSessionPeopleInput(
    [About("The session's id, such as `event.data.id`")] string Session,
    [About("true gives only those who came, false only those who did not; left out, all of them")] bool? Attended = null,
    [About("true gives people of your own team too")] bool Team = false);

/// <summary>What <c>livestorm.list-session-people</c> gives.</summary>
internal sealed record LivestormPeople(
    [About("A list, each with `id`, `email`, `first_name`, `last_name`, `attended`, `attendance_rate`, `attendance_duration` and `role` where Livestorm has them")] JsonElement People,
    [About("true where the session has more people than are read")] bool More);

/// <summary>GET /sessions/{id}/people, all pages: the end of a session tells nobody's name.</summary>
internal sealed class ListSessionPeople : ConnectorAction<ListSessionPeopleInput, LivestormPeople>
{
    private const int MaxPages = 1_000 / LivestormApi.PageSize;

    private static readonly TimeSpan PageLifetime = TimeSpan.FromMinutes(5);

    public override string Name => "list-session-people";

    public override string About => "Lists who registered for a session and who came.";

    public override Repeat Repeat => Repeat.Reads;

    protected override LivestormPeople Sample => Output(
        [new LivestormPerson("3020e801-93e2-4db3-ad97-8dfd486ebbad", "jean-baptiste@mysite.co", "Jean-Baptiste", "Smith", true, 95, 2500, "participant")],
        more: false);

    protected override async Task<StepOutcome> ExecuteAsync(ListSessionPeopleInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(LivestormApi.ApiToken) is not { } token)
        {
            return LivestormApi.MissingToken(context);
        }

        if (PathId.Problem("session", input.Session) is { } problem)
        {
            return problem;
        }

        var people = new Dictionary<string, LivestormPerson>(StringComparer.Ordinal);
        var read = new List<long>();
        long? next = 0;
        while (next is { } number && read.Count < MaxPages)
        {
            var (page, otherwise) = await ReadAsync(token, input.Session, number, context, cancellationToken);
            if (page is null)
            {
                return otherwise!;
            }

            // Who registers meanwhile moves others to the next page, where they come again.
            foreach (var person in page.People)
            {
                people[person.Id] = person;
            }

            read.Add(number);
            next = page.Next;
        }

        read.ForEach(number => context.ForgetCached(Key(input.Session, number)));
        return Done(Output([.. people.Values.Where(person => IsWanted(person, input))], more: next is not null));
    }

    // Livestorm takes five requests a second and a long list is more: what is read stays for the next attempt, or none would ever reach the end.
    private async Task<(LivestormPeoplePage? Page, StepOutcome? Otherwise)> ReadAsync(
        Secret token, string session, long number, ActionContext context, CancellationToken cancellationToken)
    {
        StepOutcome? otherwise = null;
        var kept = await context.CachedAsync(
            Key(session, number),
            PageLifetime,
            async cancelled =>
            {
                LivestormPeoplePage? page = null;
                otherwise = await SendAsync(
                    LivestormApi.People(token, session, number),
                    context,
                    answer => LivestormApi.Judge(answer, context, $"Livestorm has no session '{session}'. Check that it is the id of a session and not of an event.", json =>
                    {
                        (page, var missing) = LivestormPeoplePage.Read(json, number);
                        return page is null ? LivestormApi.Incomplete(missing) : new StepOutcome.Done(json);
                    }),
                    cancelled);
                return page;
            },
            cancellationToken);
        return (kept, otherwise);
    }

    private static string Key(string session, long page) => string.Create(CultureInfo.InvariantCulture, $"people:{session}:{page}");

    private static bool IsWanted(LivestormPerson person, ListSessionPeopleInput input) =>
        (input.Team || !person.IsTeam()) && (input.Attended is not { } attended || (person.Attended ?? false) == attended);

    private static LivestormPeople Output(IReadOnlyList<LivestormPerson> people, bool more) => new(OutputJson.Of(people), more);
}
