using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>One page of a list that Slack answers, or why there is none.</summary>
internal sealed record SlackPage(JsonElement Body, StepOutcome? Ended)
{
    /// <summary>The code of a right the app lacks.</summary>
    public const string MissingScope = "missing_scope";

    /// <summary>Why there is none, in a word; null where there is one.</summary>
    public string? Problem => Ended switch
    {
        null => null,
        StepOutcome.Failed failed => failed.Code,
        _ => "rehearsal",
    };

    /// <summary>Where the next page begins; an empty cursor is the end.</summary>
    public string? NextCursor => UntrustedJson.Text(Body, "response_metadata", "next_cursor") is { Length: > 0 } cursor ? cursor : null;

    /// <summary>The members of a list; none where it is missing.</summary>
    public IEnumerable<JsonElement> Items(string name) =>
        UntrustedJson.Member(Body, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Reads one page.</summary>
    public static async Task<SlackPage> ReadAsync(OutboundRequest request, ActionContext context, CancellationToken cancellationToken)
    {
        JsonElement body = default;
        var outcome = await context.CallAsync(
            request,
            answer => SlackApi.Judge(answer, context, reads: true, json =>
            {
                body = json;
                return new StepOutcome.Done(json);
            }),
            () => default,
            cancellationToken);
        return outcome is StepOutcome.Done ? new SlackPage(body, null) : new SlackPage(default, outcome);
    }
}
