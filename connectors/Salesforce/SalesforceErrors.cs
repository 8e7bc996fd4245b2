using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>What Salesforce says in the body of a refusal, made fit for a message: a list, of which the first entry tells.</summary>
/// <param name="Code">Its word, such as <c>REQUIRED_FIELD_MISSING</c>; null where it gave none.</param>
/// <param name="Text">Its own sentence, one line and short, with the fields it names; empty where it gave none.</param>
internal sealed partial record SalesforceComplaint(string? Code, string Text)
{
    private const int MaxFields = 10;

    public static SalesforceComplaint Of(SendReply.Answered answer)
    {
        if (UntrustedJson.Answer(answer) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            return new SalesforceComplaint(null, string.Empty);
        }

        var first = list[0];
        var code = UntrustedJson.Text(first, "errorCode") is { } word && Word().IsMatch(word) ? word : null;
        var said = Shown.Line(UntrustedJson.Text(first, "message") ?? string.Empty);
        var fields = UntrustedJson.Member(first, "fields") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(name => UntrustedJson.Text(name)).OfType<string>().Where(name => FieldName().IsMatch(name)).Take(MaxFields).ToList()
            : [];
        return new SalesforceComplaint(code, fields.Count > 0 ? $"{said} (fields: {string.Join(", ", fields)})".TrimStart() : said);
    }

    [GeneratedRegex(@"^[A-Z0-9_]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Za-z0-9_.]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();
}

/// <summary>What the hub does about each of Salesforce's refusals (developer.salesforce.com, REST API, status codes and errors). 401 is the session's.</summary>
internal static class SalesforceErrors
{
    // The limit is one of the last 24 hours, so it frees up little by little.
    private static readonly TimeSpan LongWait = TimeSpan.FromHours(1);

    public static StepOutcome.Failed Judge(SendReply.Answered answer, ActionContext context, bool reads)
    {
        var complaint = SalesforceComplaint.Of(answer);
        var wait = answer.RetryAfter(context.StartedAt);
        return (answer.Status >= 400 ? JudgeWord(complaint, wait) : null) ?? JudgeStatus(answer.Status, complaint, wait, reads);
    }

    // A word counts more than the status it came with.
    private static StepOutcome.Failed? JudgeWord(SalesforceComplaint complaint, TimeSpan? wait) => complaint.Code switch
    {
        "REQUEST_LIMIT_EXCEEDED" => Fail(
            FailureKind.RateLimited,
            complaint,
            "The organisation has used up its API calls of the last 24 hours; the hub asks again in an hour.",
            wait ?? LongWait),
        "UNABLE_TO_LOCK_ROW" => Fail(FailureKind.Transient, complaint, "Someone else is changing the record at this moment.", wait),
        "SERVER_UNAVAILABLE" => Fail(FailureKind.Transient, complaint, "Salesforce is not available just now.", wait),
        "API_DISABLED_FOR_ORG" or "API_CURRENTLY_DISABLED" => Fail(
            FailureKind.Unauthorized, complaint, "The app's user may not use the API. Give it the permission API Enabled; some editions of Salesforce have no API."),
        _ => null,
    };

    private static StepOutcome.Failed JudgeStatus(int status, SalesforceComplaint complaint, TimeSpan? wait, bool reads) => status switch
    {
        300 => new StepOutcome.Failed(
            FailureKind.Rejected, "several_matches", "More than one record has this value, and Salesforce changed none. Make the field unique, or mend the records."),
        429 => Fail(FailureKind.RateLimited, complaint, "Salesforce asks to slow down.", wait),
        403 => Fail(FailureKind.Rejected, complaint, "Salesforce does not let the app's user do this. Check its permissions for the object, the record and the fields."),
        404 => Fail(FailureKind.Rejected, complaint, "Salesforce knows no such object, field or record. Check sobject and external_id_field (API names), and ApiVersion."),
        408 => Fail(FailureKind.Transient, complaint, "Salesforce did not get the whole request in time.", wait),
        503 => Fail(FailureKind.Transient, complaint, "Salesforce is not available just now.", wait),
        >= 500 or (>= 200 and < 300) => Fail(
            reads ? FailureKind.Transient : FailureKind.Unconfirmed,
            status < 300 ? complaint with { Code = "unreadable_answer" } : complaint,
            $"Salesforce answered {status} without saying what it did.",
            wait),
        _ => Fail(FailureKind.Rejected, complaint, $"Salesforce refused the request with status {status}."),
    };

    private static StepOutcome.Failed Fail(FailureKind kind, SalesforceComplaint complaint, string meaning, TimeSpan? wait = null) => new(
        kind,
        complaint.Code ?? "refused",
        complaint.Text.Length == 0 ? meaning : $"{meaning} Salesforce: {complaint.Text}",
        wait);
}
