namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>
/// What files beside their findings (<c>Broken</c>) cannot hold: recipes without any finding, and findings whose end other lists decide.
/// </summary>
internal static partial class FindingTable
{
    public static TheoryData<string, string, string[]> Rows { get; } = new()
    {
        { "a path that a firing does not have", Clock("every: 15m").Replace("text: hello", "text: \"{{ event.scheduledAt }}\"", StringComparison.Ordinal), [
            "recipes/a.yaml(7,23): error CH2017: 'event.scheduledAt' is in no sample of schedule.…",
        ] },
        { "a comment that is meant", Recipe(with: "text: hello # a greeting"), [] },
        { "a condition without operator", Recipe(top: "if: event.member.status Accepted"), [
            "recipes/a.yaml(4,25): error CH2015: 'Accepted' is no operator.…",
        ] },
        { "a condition with an unknown operator", Recipe(top: "if: event.member.status equals Accepted"), [
            "recipes/a.yaml(4,25): error CH2015: 'equals' is no operator.…",
        ] },
        { "a bad expression", Recipe(with: "text: \"{{ event.member. }}\""), [
            "recipes/a.yaml(10,29): error CH2014: A name must follow the dot; found ' '.…",
        ] },
        { "an expression that is not closed", Recipe(with: "text: \"{{ event.member.id\""), [
            "recipes/a.yaml(10,14): error CH2014: '{{' is not closed.…",
        ] },
        { "unknown filter", Recipe(with: "text: \"{{ event.member.id | uper }}\""), [
            "recipes/a.yaml(10,35): error CH2014: There is no filter 'uper'.…",
        ] },
        { "a filter that fits no such value", Recipe(with: "text: \"{{ event.member.id | split(',') | upper }}\""), [
            "recipes/a.yaml(10,48): error CH2014: 'upper' cannot follow 'split'…",
        ] },
        { "a regular expression with lookahead", Recipe(with: "text: \"{{ event.member.id | match('(?=a)') }}\""), [
            "recipes/a.yaml(10,35): error CH2014: '(?=a)' needs look-around…",
        ] },
        { "a date pattern with YYYY", Recipe(with: "text: \"{{ event.occurredAt | from_unix | date('YYYY') }}\""), [
            "recipes/a.yaml(10,48): error CH2014: The date pattern 'YYYY' has YYYY…",
        ] },
        { "paths that may be missing", Recipe(top: "if: event.member.nickname is missing", with: "text: \"{{ event.member.nickname ?? event.member.alias ?? 'x' }}\""), [] },
        { "paths nobody can judge", Recipe(with: "text: \"{{ event.member.custom.anything }} {{ event.member.phone.prefix }} {{ event.member.tags[0] }} {{ event.member.fields[id='phone'].value }}\""), [] },
        { "milliseconds taken for seconds", Recipe(with: "text: \"{{ event.seenAt | from_unix | date('HH:mm') }}\""), [
            "recipes/a.yaml(10,32): error CH2018: on the sample meltingspot/member.created:…",
        ] },
        { "milliseconds taken for seconds in a condition", Recipe(top: "if: event.seenAt | from_unix is within 3d of now"), [
            "recipes/a.yaml(4,5): error CH2018: on the sample meltingspot/member.created:…",
        ] },
    };
}
