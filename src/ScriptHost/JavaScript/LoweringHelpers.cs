using ConnectorHub.ScriptHost.Lowering;
using Jint;
using Jint.Native.Function;
using Jint.Parser;
using Jint.Runtime;
using Jint.Runtime.Interop;
using Tree = Jint.Parser.Ast.Program;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>The functions lowered code calls (<c>helpers.js</c>), defined for a script that calls one.</summary>
internal static class LoweringHelpers
{
    /// <summary>Where their places belong to.</summary>
    public const string Source = "helpers";

    private static readonly string[] Names =
        ["__list", "__values", "__read", "__spread", "__assign", "__rest", "__base", "__extends", "__makeTemplateObject", "__generator"];

    private static readonly Lazy<Tree> Program = new(
        () => TreeRepair.Repaired(new JavaScriptParser().Parse(CompilerText.Own("helpers.js"), new ParserOptions { Source = Source })));

    public static bool AreCalledBy(string code) => Names.Any(name => code.Contains(name + "(", StringComparison.Ordinal));

    public static void Define(Engine engine)
    {
        var helpers = engine.Execute(Program.Value).GetCompletionValue().AsObject();
        foreach (var name in Names)
            engine.Global.FastAddProperty(name, Shielded(engine, (FunctionInstance)helpers.Get(name).AsObject()), false, false, false);
    }

    // What a helper refuses is told where the script called it, not within the helper.
    private static ClrFunctionInstance Shielded(Engine engine, FunctionInstance helper) => new(engine, (self, arguments) =>
    {
        try
        {
            return helper.Call(self, arguments);
        }
        catch (JavaScriptException thrown) when (thrown.Location?.Source == Source)
        {
            throw new JavaScriptException(thrown.Error);
        }
    });
}
