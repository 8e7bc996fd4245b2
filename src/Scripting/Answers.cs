using System.Globalization;

namespace ConnectorHub.Scripting;

/// <summary>A host's reply in the words of an admin.</summary>
internal static class Answers
{
    public static ScriptAnswer Of(ScriptReply reply, ScriptPoolOptions options) => Plain(reply, options) with { Log = reply.Log };

    private static ScriptAnswer Plain(ScriptReply reply, ScriptPoolOptions options) => reply.Kind switch
    {
        ReplyKind.Returned => new ScriptAnswer.Returned(reply.Payload),
        ReplyKind.NotRead => new ScriptAnswer.NotRead(),
        ReplyKind.SyntaxError => new ScriptAnswer.SyntaxError(reply.Message, reply.Line, reply.Column),
        ReplyKind.Threw => new ScriptAnswer.Threw(reply.Message, reply.Line, reply.Column),
        ReplyKind.NotJson => new ScriptAnswer.NotJson(reply.Message),
        ReplyKind.Refused => new ScriptAnswer.OverBudget(reply.Message, Wall: false, EndedHost: false),
        ReplyKind.OverCpu => new ScriptAnswer.OverBudget(
            $"The script took longer than {Milliseconds(options.Cpu)} of CPU. "
            + "Look for a loop that does not end, a regular expression with nested repeats, or work on values it does not need.",
            Wall: false),
        ReplyKind.OverMemory => new ScriptAnswer.OverBudget(
            $"The script needed more than its host's {options.HeapMegabytes} MB of memory. Look for text or lists that grow in a loop.",
            Wall: false),
        ReplyKind.OverWall => OverWall(options),
        _ => Died("its answer could not be read"),
    };

    public static ScriptAnswer OverWall(ScriptPoolOptions options) => new ScriptAnswer.OverBudget(
        $"The script did not end within {Milliseconds(options.Wall)}, though it used less CPU than it may: the machine was busy. It can be tried again.",
        Wall: true);

    public static ScriptAnswer Died(string why) => new ScriptAnswer.HostDied($"The script's host process ended: {why}.");

    public static ScriptAnswer InputTooBig(int bytes, ScriptPoolOptions options) => new ScriptAnswer.OverBudget(
        $"The values the script sees are {bytes} bytes of JSON; at most {options.MaxInputBytes} are handed over. Keep large values out of its scope.",
        Wall: false,
        EndedHost: false);

    private static string Milliseconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms");
}
