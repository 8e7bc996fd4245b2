namespace ConnectorHub.Scripting;

/// <summary>One evaluation of a snippet. Equal calls give equal answers: the clock is <paramref name="Now"/>, chance is seeded from the call.</summary>
/// <param name="Code">The body of a function that returns a JSON value.</param>
/// <param name="Hash">Names the code; a host keeps the parsed program under it.</param>
/// <param name="Names">A JSON object; each member becomes a variable of its name.</param>
/// <param name="Now">The event's time: <c>hub.now</c> (text, ISO 8601, UTC, milliseconds), <c>new Date()</c> and <c>Date.now()</c>.</param>
/// <param name="Zone">The IANA zone of the script's local time; empty is UTC.</param>
public sealed record ScriptCall(string Code, string Hash, ReadOnlyMemory<byte> Names, DateTimeOffset Now, string Zone);
