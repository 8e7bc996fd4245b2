using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>
/// What is known of an event that has come as far as a place of the recipe: what <c>when</c> wants and what the conditions above said.
/// A sentence that contradicts it never holds.
/// </summary>
internal sealed class KnownFacts(FindingList findings)
{
    private readonly List<Fact> _always = [];
    private readonly Dictionary<string, List<Fact>> _byPlace = new(StringComparer.Ordinal);
    private readonly Dictionary<Condition, Place> _places = [];
    private EventTrigger? _when;

    public void Begin(Trigger? when) => _when = when as EventTrigger;

    /// <summary>Remembers where a sentence stands.</summary>
    public void Found(Condition condition, Place place) => _places[condition] = place;

    /// <summary>Holds the lines of one <c>if</c> against each other and against what is known already.</summary>
    public void Check(IReadOnlyList<ConditionLine> lines, Sight sight)
    {
        var known = new List<Fact>(_always);
        All(lines, known);
        var added = known.Skip(_always.Count).ToList();
        if (sight.Early)
        {
            // A name may be set anew between steps; these three never change.
            _always.AddRange(added.Where(fact => fact.Condition.Paths.All(use => use.Path.Root is "event" or "meta" or "shared")));
        }

        _byPlace[sight.Place] = added;
    }

    /// <summary>Holds lines against each other and against what is known, without keeping them.</summary>
    public void CheckOffer(IReadOnlyList<ConditionLine> lines) => All(lines, [.. _always]);

    /// <summary>True where a condition above asks about this path or about what it lies in.</summary>
    public bool IsAsked(string path) => _places.Keys.Any(condition => condition.Paths.Any(use => IsWithin(path, use.Text)));

    /// <summary>Whether such an event comes as far as this place: of a wanted type, and with what the conditions want to see.</summary>
    public bool Reaches(string type, Scope scope, Sight sight) =>
        _always.Concat(_byPlace.GetValueOrDefault(sight.Place) ?? []).All(fact => fact.Claim is { Subject: "meta.type", Leaves: { } types }
            ? types.Any(one => one.ToText() == type)
            : !IsLacking(fact, scope));

    /// <summary>True where a sentence that wants a value finds none.</summary>
    private static bool IsLacking(Fact fact, Scope scope) =>
        fact.Claim.Operator is { Denied: false, Relation: not Relation.Empty } wants
        && fact.Condition.Paths.Any(use =>
            (!use.MayBeMissing || wants.Relation == Relation.Exists)
            && fact.Claim.Subject.StartsWith(use.Text, StringComparison.Ordinal)
            && use.Path.Resolve(scope[use.Path.Root]).IsMissingOrNull);

    private static bool IsWithin(string path, string asked) =>
        path.StartsWith(asked, StringComparison.Ordinal) && (path.Length == asked.Length || path[asked.Length] is '.' or '[');

    private void All(IReadOnlyList<ConditionLine> lines, List<Fact> known)
    {
        foreach (var line in lines)
        {
            switch (line.Node)
            {
                case ConditionNode.Sentence sentence:
                    var fact = new Fact(sentence.Condition.Claim, sentence.Condition, line.Line);
                    Sentence(fact, known);
                    known.Add(fact);
                    break;
                case ConditionNode.All all:
                    All(all.Lines, known);
                    break;
                case ConditionNode.Any any:
                    Any(any.Lines, known);
                    break;
            }
        }
    }

    private void Any(IReadOnlyList<ConditionLine> lines, List<Fact> known)
    {
        var sentences = new List<Fact>();
        foreach (var line in lines)
        {
            All([line], [.. known]);
            if (line.Node is ConditionNode.Sentence sentence)
            {
                var fact = new Fact(sentence.Condition.Claim, sentence.Condition, line.Line);
                if (sentences.Find(other => other.Claim.Subject == fact.Claim.Subject && other.Claim.Completes(fact.Claim)) is { } first)
                {
                    findings.Warning(
                        _places[fact.Condition],
                        FindingCodes.NeverHolds,
                        $"this line or line {first.Line} holds for every event: a value is never both. Write: {fact.Claim.Subject} is not one of [{first.Claim.Given![0].ToText()}, {fact.Claim.Given![0].ToText()}]");
                }

                sentences.Add(fact);
            }
        }
    }

    private void Sentence(Fact fact, List<Fact> known)
    {
        if (WantedTypes(fact.Claim) is { } wanted)
        {
            findings.Error(_places[fact.Condition], FindingCodes.NeverHolds, wanted);
            return;
        }

        var other = known.Find(one => one.Claim.Subject == fact.Claim.Subject && one.Claim.Contradicts(fact.Claim));
        if (other is null)
        {
            return;
        }

        var fix = fact.Claim.Leaves is { } mine && other.Claim.Leaves is { } theirs && !mine.Concat(theirs).Any(value => value.IsMissingOrNull)
            ? $"If either is enough, write: {fact.Claim.Subject} is one of [{string.Join(", ", theirs.Concat(mine).Select(value => value.ToText()))}]"
            : "Remove one of them, or put both under 'any:' if either is enough.";
        findings.Error(
            _places[fact.Condition],
            FindingCodes.NeverHolds,
            $"'{fact.Condition.Sentence}' and '{other.Condition.Sentence}' (line {other.Line}) never hold together. {fix}");
    }

    private string? WantedTypes(Claim claim)
    {
        if (_when is null || claim.Subject != "meta.type" || claim.Leaves is not { } types || types.Any(type => _when.Events.Contains(type.ToText(), StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        var near = types is [var one] ? Keys.DidYouMean(one.ToText(), _when.Events) : "";
        return $"'when' in line {_when.Line} wants no such event, so this never holds.{near} It wants: {Words.List(_when.Events)}.";
    }

    private sealed record Fact(Claim Claim, Condition Condition, int Line);
}
