using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>What <c>meltingspot.get-form-answers</c> takes.</summary>
internal sealed record GetFormAnswersInput([About("The member's id, `event.member.id`")] string Member);

/// <summary>What <c>meltingspot.get-form-answers</c> gives.</summary>
internal sealed record MeltingSpotFormAnswers(
    [About("A list, each with `question` and `answer`, both texts: `answers[question='Company'].answer` is one of them")] JsonElement Answers,
    [About("true where the member has more answers than are read")] bool More);

/// <summary>
/// GET /v1/spotMembers/{id}/customFormAnswers, all pages. No document says whether pages count from 0 or 1: the first is asked for
/// without a number, and what came before is not taken twice.
/// </summary>
internal sealed class GetFormAnswers : ConnectorAction<GetFormAnswersInput, MeltingSpotFormAnswers>
{
    private const int PageSize = 100;
    private const int MaxPages = 10;

    public override string Name => "get-form-answers";

    public override string About => "Gives what a member answered in the Spot's forms.";

    public override Repeat Repeat => Repeat.Reads;

    protected override MeltingSpotFormAnswers Sample => Output([new FormAnswer("What is your company?", "Example Ltd")], more: false);

    protected override async Task<StepOutcome> ExecuteAsync(GetFormAnswersInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(MeltingSpotApi.ApiKey) is not { } key)
        {
            return MeltingSpotApi.MissingKey(context);
        }

        if (PathId.Problem("member", input.Member) is { } problem)
        {
            return problem;
        }

        var read = new FormAnswerPages();
        for (int? page = null; page is null or < MaxPages; page = page is null ? 1 : page + 1)
        {
            var outcome = await SendAsync(
                MeltingSpotApi.FormAnswersOf(key, context, input.Member, PageSize, page),
                context,
                answer => MeltingSpotApi.Judge(answer, context, Missing(input.Member), json => new StepOutcome.Done(json)),
                cancellationToken);
            if (outcome is not StepOutcome.Done { Output: var json })
            {
                return outcome;
            }

            if (read.Add(json, page) is { } flaw)
            {
                return flaw;
            }

            if (read.IsComplete)
            {
                return Done(Output(read.Answers, more: false));
            }
        }

        return Done(Output(read.Answers, more: true));
    }

    private static string Missing(string member) =>
        $"MeltingSpot has no form answers of member '{member}'. Check the id; a member who answered no form has none.";

    private static MeltingSpotFormAnswers Output(IReadOnlyList<FormAnswer> answers, bool more) => new(OutputJson.Of(answers), more);
}
