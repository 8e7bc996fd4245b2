using System.Runtime.ExceptionServices;
using ConnectorHub.Scripting;
using Jint.Parser;
using Jint.Parser.Ast;
using Tree = Jint.Parser.Ast.Program;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>A snippet that was read: a program to execute, or why it cannot be.</summary>
internal sealed record Snippet(string Code, Tree Tree, ScriptReply? Fault, bool NeedsHelpers = false);

/// <summary>Reads the body of a function into a repaired program that calls it.</summary>
internal static class SnippetReader
{
    /// <summary>Stands before the code on its first line.</summary>
    public const string Opening = "(function(){";

    public const int MaxCharacters = 64 * 1024;
    private const string Closing = "\n})";
    private const int MaxBrackets = 256;

    // The parser recurses once for each bracket and prefix operator and has no limit of its own. This holds a tree as deep
    // as the longest code can make it; the memory is touched only by code that needs it, and goes when the thread ends.
    private const int ParserStackBytes = 256 * 1024 * 1024;

    // Lowering spells out what newer code says briefly, and adds brackets of its own.
    private const int LoweredGrowth = 8;

    private static readonly Tree Nothing = new();
    private static readonly ScriptReply NotRead = new(ReplyKind.NotRead, ReadOnlyMemory<byte>.Empty);

    public static Snippet Read(string code, bool isLowered)
    {
        if (TooMuch(code, isLowered) is { } refused)
            return new Snippet(code, Nothing, refused);
        Snippet? snippet = null;
        ExceptionDispatchInfo? spent = null;
        var reader = new Thread(
            () =>
            {
                try
                {
                    snippet = ReadHere(code, isLowered);
                }
                catch (OutOfMemoryException exception)
                {
                    spent = ExceptionDispatchInfo.Capture(exception);
                }
            },
            ParserStackBytes);
        reader.Start();
        reader.Join();
        spent?.Throw();
        return snippet!;
    }

    private static Snippet ReadHere(string code, bool isLowered)
    {
        try
        {
            var program = new JavaScriptParser().Parse(Opening + code + Closing);
            // A single function and nothing else: code with a bracket too many would end it early.
            if (program.Body is not { Count: 1 } || program.Body.First() is not ExpressionStatement { Expression: FunctionExpression function } statement)
                return new Snippet(code, Nothing, NotRead);
            var (call, isNewer) = TreeRepair.CallOf(function);
            if (isNewer && !isLowered)
                return new Snippet(code, Nothing, NotRead);
            statement.Expression = call;
            return new Snippet(code, program, null, isLowered && LoweringHelpers.AreCalledBy(code));
        }
        catch (ParserException exception)
        {
            return new Snippet(code, Nothing, isLowered ? Blame.Syntax(code, exception) : NotRead);
        }
        catch (TreeRepair.BadPatternException bad)
        {
            var place = Place.Of(bad.At, code);
            return new Snippet(code, Nothing, new ScriptReply(ReplyKind.SyntaxError, bad.Message, place.Line, place.Column));
        }
        catch (TreeRepair.TooDeepException tooDeep)
        {
            return new Snippet(code, Nothing, Nested(Place.Of(tooDeep.At, code)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new Snippet(code, Nothing, new ScriptReply(ReplyKind.SyntaxError, "The script cannot be read as JavaScript.", 1, 1));
        }
    }

    // Cheap and before anything is built. Brackets inside text count too: nobody writes 256 of them unclosed.
    private static ScriptReply? TooMuch(string code, bool isLowered)
    {
        if (code.Length > MaxCharacters * (isLowered ? LoweredGrowth : 1))
        {
            return new ScriptReply(
                ReplyKind.SyntaxError, $"The script has {code.Length} characters; at most {MaxCharacters} are read. Move tables of values to recipes/shared.yaml.", 1, 1);
        }

        var (depth, line, lineStart) = (0, 1, 0);
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '(' or '[' or '{':
                    if (++depth > MaxBrackets && !isLowered)
                        return Nested(new Place(line, i - lineStart + 1));
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '\n':
                    (line, lineStart) = (line + 1, i + 1);
                    break;
            }
        }

        return null;
    }

    private static ScriptReply Nested(Place place) =>
        new(ReplyKind.SyntaxError, $"The script is nested too deeply here (at most {MaxBrackets} brackets, {TreeRepair.MaxDepth} parts). Split it into several statements.", place.Line, place.Column);
}
