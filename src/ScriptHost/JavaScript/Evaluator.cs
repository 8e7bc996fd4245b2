using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ConnectorHub.ScriptHost.JavaScript.BuiltIns;
using ConnectorHub.Scripting;
using Jint;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>Answers one ask at a time on one thread: a new engine for each call, the repaired program kept by hash.</summary>
/// <remarks>This folder is all that knows the engine.</remarks>
internal sealed class Evaluator : IAnswering
{
    private readonly SnippetCache _snippets = new();
    private readonly Dictionary<string, TimeZoneInfo> _zones = new(StringComparer.Ordinal) { [""] = TimeZoneInfo.Utc };

    public Evaluator() => HubObject.Load();

    public int StackBytes => StackGuard.ThreadStackBytes;

    /// <summary>Compiles the common paths before the first real call, so that no script pays for it out of its budget.</summary>
    public void Prepare()
    {
        const string Code = """
            var a = [{ n: 1, t: 'x' }, { n: 2.5, t: 'y' }], s = '', i;
            for (i = 0; i < a.length; i++) { s += names.text.split(',')[0].replace(/t/g, a[i].t).toUpperCase(); }
            try { names.none.x; } catch (e) { s += e.name; }
            return { s: s, n: a.map(function (x) { return x.n | 1; }), d: new Date().toISOString(), e: names };
            """;
        for (var round = 0; round < 3; round++)
            Answer(new ScriptAsk(false, false, Code, "", """{"names":{"text":"t,u","list":[1,null,true]}}"""u8.ToArray(), 0, "", 0, 0, 65536));
    }

    public ScriptReply Answer(ScriptAsk ask)
    {
        var snippet = _snippets.Get(ask);
        if (snippet.Fault is { } fault)
            return fault;
        return ask.CheckOnly ? new ScriptReply(ReplyKind.Returned, ReadOnlyMemory<byte>.Empty) : Run(snippet, ask);
    }

    private ScriptReply Run(Snippet snippet, ScriptAsk ask)
    {
        if (!TryZone(ask.Zone, out var zone))
            return new ScriptReply(ReplyKind.Refused, $"'{ask.Zone}' is not a time zone this machine knows. Give an IANA name such as Europe/Paris.");
        var engine = new Engine(options => options.LocalTimeZone(zone).Culture(CultureInfo.InvariantCulture));
        var world = Realm.Furnish(engine, ask, zone);
        return Run(engine, snippet, ask) with { Log = world.Log.Lines };
    }

    private static ScriptReply Run(Engine engine, Snippet snippet, ScriptAsk ask)
    {
        try
        {
            if (snippet.NeedsHelpers)
                LoweringHelpers.Define(engine);
            if (JsonIn.Define(engine, ask.Names) is { } problem)
                return new ScriptReply(ReplyKind.Refused, problem);
            return JsonOut.Reply(engine.Execute(snippet.Tree).GetCompletionValue(), ask.MaxOutputBytes);
        }
        catch (JavaScriptException thrown)
        {
            return Blame.Thrown(thrown, engine, snippet.Code);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The engine is not ours: whatever else it throws on some script is that script's failure, told without the engine's own words.
            return Blame.EngineFault(fault, engine, snippet.Code);
        }
    }

    private bool TryZone(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        if (_zones.TryGetValue(name, out zone))
            return true;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
            return false;
        _zones[name] = zone;
        return true;
    }
}
