using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>What <c>slack.find-user-by-email</c> takes.</summary>
internal sealed record FindUserByEmailInput([About("The person's e-mail address, as their Slack profile has it")] string Email);

/// <summary>What <c>slack.find-user-by-email</c> gives.</summary>
internal sealed record SlackUser(
    [About("false where nobody in the workspace has this address")] bool Found,
    [About("The person's id; `<@id>` in a message mentions them, `channel: id` writes to them")] string? Id = null,
    [About("The person's short name")] string? Name = null,
    [About("The person's full name")] string? RealName = null,
    [About("The person's job title")] string? Title = null,
    [About("The person's time zone, such as `Europe/Paris`")] string? TimeZone = null);

/// <summary>users.lookupByEmail.</summary>
internal sealed class FindUserByEmail : ConnectorAction<FindUserByEmailInput, SlackUser>
{
    public override string Name => "find-user-by-email";

    public override string About => "Finds a member of the workspace by e-mail address.";

    public override Repeat Repeat => Repeat.Reads;

    protected override SlackUser Sample => new(false);

    protected override Task<StepOutcome> ExecuteAsync(FindUserByEmailInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(SlackApi.BotToken) is not { } token)
        {
            return Task.FromResult(MissingSecret.Outcome(context, SlackApi.BotToken));
        }

        var request = SlackApi.Read(token, "users.lookupByEmail", ("email", input.Email));
        return SendAsync(
            request,
            context,
            answer => SlackApi.Judge(
                answer,
                context,
                reads: true,
                ReadUser,
                error => error == "users_not_found" ? Done(new SlackUser(false)) : null),
            cancellationToken);
    }

    private static StepOutcome ReadUser(JsonElement json) =>
        UntrustedJson.Text(json, "user", "id") is { } id
            ? Done(new SlackUser(
                true,
                id,
                UntrustedJson.Text(json, "user", "name"),
                UntrustedJson.Text(json, "user", "real_name"),
                UntrustedJson.Text(json, "user", "profile", "title"),
                UntrustedJson.Text(json, "user", "tz")))
            : SlackApi.Incomplete(reads: true, "user.id");
}
