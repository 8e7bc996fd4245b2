namespace ConnectorHub.Scripting;

/// <summary>What came of a snippet. Lines and columns are 1-based within its code; messages are written for the admin who wrote it.</summary>
public abstract record ScriptAnswer
{
    private ScriptAnswer()
    {
    }

    /// <summary>What the script said with <c>hub.log</c>, line by line: text, never markup.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>The value, as UTF-8 JSON; empty after a check.</summary>
    public sealed record Returned(ReadOnlyMemory<byte> Json) : ScriptAnswer;

    /// <summary>A host does not read the code as it stands. The pool has it lowered; no caller sees this.</summary>
    internal sealed record NotRead : ScriptAnswer;

    /// <summary>The code is not JavaScript the engine reads.</summary>
    public sealed record SyntaxError(string Message, int Line, int Column) : ScriptAnswer;

    /// <summary>The code ran and ended with an error.</summary>
    public sealed record Threw(string Message, int Line, int Column) : ScriptAnswer;

    /// <summary>What the code returned has no JSON form, or is too big.</summary>
    public sealed record NotJson(string Message) : ScriptAnswer;

    /// <summary>A limit was passed. A wall overrun may be the machine's fault and can be tried again; the others repeat.</summary>
    /// <param name="EndedHost">False where it was refused before it ran.</param>
    public sealed record OverBudget(string Message, bool Wall, bool EndedHost = true) : ScriptAnswer;

    /// <summary>The host process ended, or could not be started. Only this call is lost.</summary>
    /// <param name="Ran">False where no process could be started for it.</param>
    public sealed record HostDied(string Message, bool Ran = true) : ScriptAnswer;
}
