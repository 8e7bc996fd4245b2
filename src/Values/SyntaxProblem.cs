namespace ConnectorHub.Values;

/// <summary>One thing wrong with a text in the recipe language.</summary>
/// <param name="Offset">Where, counted from the start of the text that was given.</param>
/// <param name="Message">What was found and what is allowed, one sentence.</param>
/// <param name="Fix">What to write instead, or null where that cannot be known.</param>
public sealed record SyntaxProblem(int Offset, string Message, string? Fix);
