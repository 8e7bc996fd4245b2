namespace ConnectorHub.Recipes;

/// <summary>One line of an explanation.</summary>
/// <param name="Answer"><c>yes</c>, <c>no</c>, or <c>–</c> where it was not evaluated.</param>
/// <param name="Label"><c>when</c>, <c>if[1]</c>, <c>once_per</c>.</param>
/// <param name="Note">What was found.</param>
public sealed record ExplanationLine(string Answer, string Label, string Sentence, string Note, int Line);

/// <summary>Why a recipe does or does not take an event.</summary>
/// <param name="Summary">One sentence for a person, with what would have to be different.</param>
public sealed record MatchExplanation(bool Matches, IReadOnlyList<ExplanationLine> Lines, string Summary);
