namespace ConnectorHub.Recipes.Expressions;

/// <summary>What a condition asks of its left side.</summary>
internal enum Relation
{
    Is,
    OneOf,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    Exists,
    Empty,
    Before,
    After,
    Within,
    More,
    Less,
    AtLeast,
    AtMost,
}

/// <summary>One way to write a relation.</summary>
/// <param name="Words">As recipes write it.</param>
/// <param name="Denied">True for the negation.</param>
/// <param name="Example">A whole sentence.</param>
internal sealed record Operator(string Words, Relation Relation, bool Denied, string Example)
{
    /// <summary>True where nothing follows it.</summary>
    public bool StandsLast => Relation is Relation.Exists or Relation.Empty;

    /// <summary>All of them; where one begins with another, the longer comes first.</summary>
    public static IReadOnlyList<Operator> All { get; } =
    [
        new("does not start with", Relation.StartsWith, true, "event.member.phone does not start with +33"),
        new("does not end with", Relation.EndsWith, true, "event.member.email does not end with \"@acme.example\""),
        new("does not contain", Relation.Contains, true, "event.member.tags does not contain internal"),
        new("does not match", Relation.Matches, true, "event.member.email does not match \"test[0-9]+@\""),
        new("does not exist", Relation.Exists, true, "event.member.phone does not exist"),
        new("is not one of", Relation.OneOf, true, "event.member.title is not one of [Intern, Student]"),
        new("is one of", Relation.OneOf, false, "event.member.title is one of [CEO, CMO]"),
        new("is not empty", Relation.Empty, true, "event.member.company is not empty"),
        new("is empty", Relation.Empty, false, "event.member.company is empty"),
        new("is not missing", Relation.Exists, false, "event.member.phone is not missing"),
        new("is missing", Relation.Exists, true, "event.member.phone is missing"),
        new("is not within", Relation.Within, true, "event.live.startDate is not within 3d of now"),
        new("is within", Relation.Within, false, "event.live.startDate is within 3d of now"),
        new("is not before", Relation.Before, true, "event.live.startDate is not before now"),
        new("is before", Relation.Before, false, "event.live.startDate is before 2030-01-01"),
        new("is not after", Relation.After, true, "event.live.startDate is not after {{ event.live.endDate }}"),
        new("is after", Relation.After, false, "event.live.startDate is after now"),
        new("is more than", Relation.More, false, "event.score is more than 80"),
        new("is less than", Relation.Less, false, "event.score is less than 80"),
        new("is at least", Relation.AtLeast, false, "event.score is at least 80"),
        new("is at most", Relation.AtMost, false, "event.score is at most {{ shared.limit }}"),
        new("starts with", Relation.StartsWith, false, "event.member.phone starts with +33"),
        new("ends with", Relation.EndsWith, false, "event.member.email ends with .fr"),
        new("contains", Relation.Contains, false, "event.member.utm.campaign contains webinar"),
        new("matches", Relation.Matches, false, "event.member.email matches \"^[^@]+@acme\\.\""),
        new("exists", Relation.Exists, false, "event.member.phone exists"),
        new("is not", Relation.Is, true, "event.member.status is not Invited"),
        new("is", Relation.Is, false, "event.member.status is Accepted"),
        new("!=", Relation.Is, true, "event.member.status != Invited"),
        new(">=", Relation.AtLeast, false, "event.score >= 80"),
        new("<=", Relation.AtMost, false, "event.score <= 80"),
        new("=", Relation.Is, false, "event.member.status = Accepted"),
        new(">", Relation.More, false, "event.score > 80"),
        new("<", Relation.Less, false, "event.score < 80"),
    ];

    /// <summary>The place behind these words where they stand at <paramref name="at"/>, else -1. Any white space parts words; case counts nothing.</summary>
    public int EndAt(string text, int at)
    {
        foreach (var word in Words.Split(' '))
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0)
            {
                return -1;
            }

            at += word.Length;
        }

        var goesOn = at < text.Length && (char.IsLetter(Words[^1]) ? !char.IsWhiteSpace(text[at]) : text[at] is '=' or '<' or '>');
        return goesOn ? -1 : at;
    }
}
