namespace ConnectorHub.Gateway.Exploring;

/// <summary>One field of an event, as an admin looks for it.</summary>
/// <param name="Type">In words: text, number, date (seconds since 1970), …</param>
/// <param name="Sample">A value it was seen with; empty where there was none.</param>
/// <param name="Paste">Ready to paste into a recipe.</param>
/// <param name="Note">Where it was seen, if that matters; else empty.</param>
internal sealed record FieldRow(string Path, string Type, string Sample, string Paste, string Note);
