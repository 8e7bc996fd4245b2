using ConnectorHub.ScriptHost.Lowering;
using Jint;
using Jint.Native;
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
        var thrown = new ThrownInside(engine);
        var make = (FunctionInstance)engine.Execute(Program.Value).GetCompletionValue().AsObject();
        var attempt = new ClrFunctionInstance(engine, (_, a) => thrown.Attempt(a));
        var shield = new ClrFunctionInstance(engine, (_, a) => Shielded(engine, (FunctionInstance)a[0].AsObject(), thrown));
        var helpers = make.Call(JsValue.Undefined, [attempt, shield]).AsObject();
        foreach (var name in Names)
            engine.Global.FastAddProperty(name, Shielded(engine, (FunctionInstance)helpers.Get(name).AsObject(), thrown), false, false, false);
    }

    // What a helper refuses is told where the script called it; what it passes on, where that was thrown.
    private static ClrFunctionInstance Shielded(Engine engine, FunctionInstance helper, ThrownInside inside) => new(engine, (self, arguments) =>
    {
        try
        {
            return helper.Call(self, arguments);
        }
        catch (JavaScriptException thrown) when (thrown.Location?.Source == Source)
        {
            throw new JavaScriptException(thrown.Error) { Location = inside.PlaceOf(thrown.Error) };
        }
    });

    /// <summary>Remembers where the errors that went through a generator were thrown. It lives as long as its call.</summary>
    private sealed class ThrownInside(Engine engine)
    {
        private JsValue? _error;
        private Location? _place;

        public Location? PlaceOf(JsValue error) => ReferenceEquals(error, _error) || (_error is not null && error.Equals(_error)) ? _place : null;

        public JsValue Attempt(JsValue[] arguments)
        {
            try
            {
                return ((FunctionInstance)arguments[0].AsObject()).Call(arguments[1], [arguments[2]]);
            }
            catch (JavaScriptException thrown)
            {
                if (thrown.Location?.Source != Source)
                    (_error, _place) = (thrown.Error, Blame.Spoken(thrown, engine));
                return engine.Array.Construct([new JsValue(6), thrown.Error]);
            }
        }
    }
}
