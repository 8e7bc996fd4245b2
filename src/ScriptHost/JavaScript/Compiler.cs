using System.Text;
using ConnectorHub.ScriptHost.Lowering;
using ConnectorHub.Scripting;
using Jint;
using Jint.Parser;
using Jint.Runtime;
using Tree = Jint.Parser.Ast.Program;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>Lowers snippets: runs the TypeScript compiler in the engine. What it returns is written in <c>lower.js</c>.</summary>
internal sealed class Compiler : IAnswering
{
    private Engine _engine = new();

    // The compiler calls itself once and more for each bracket, and each of its calls is a dozen of the engine's.
    public int StackBytes => 512 * 1024 * 1024;

    public void Prepare()
    {
        var chapters = CompilerText.Read();
        string[] texts = [CompilerText.Own("maps.js"), .. chapters, CompilerText.Own("lower.js")];
        var trees = new Tree[texts.Length];
        // The long ones first, so that the cores end together.
        var order = Enumerable.Range(0, texts.Length).OrderByDescending(i => texts[i].Length).ToArray();
        Parallel.ForEach(order, i => trees[i] = TreeRepair.Repaired(new JavaScriptParser().Parse(texts[i])));
        _engine = new Engine();
        Realm.FurnishOwn(_engine);
        foreach (var tree in trees)
            _engine.Execute(tree);
        // The texts and what parsing left behind: the process waits for its next snippet without them.
        GC.Collect();
    }

    public ScriptReply Answer(ScriptAsk ask)
    {
        try
        {
            var lowered = _engine.Invoke("lower", ask.Code);
            return new ScriptReply(ReplyKind.Returned, Encoding.UTF8.GetBytes(lowered.AsString()));
        }
        catch (JavaScriptException)
        {
            return new ScriptReply(ReplyKind.SyntaxError, "The script is nested too deeply. Split it into several statements.", 1, 1);
        }
    }
}
