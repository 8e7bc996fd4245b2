using ConnectorHub.Scripting;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// Furnishes a new engine: what repaired trees call, <c>hub</c>, and built-ins that must not reach the clock, chance,
/// the unrepaired parser or the end of the stack.
/// </summary>
internal static class Realm
{
    private const int MaxTextDepth = 512;

    public static void Furnish(Engine engine, ScriptAsk ask, TimeZoneInfo zone)
    {
        DefineOperators(engine);
        DefineGuards(engine);
        Refuse(engine);
        Steady(engine, ask, zone);
        var hub = engine.Object.Construct([]);
        hub.FastAddProperty("now", CivilTime.ToIso(ask.NowMilliseconds), false, true, false);
        engine.Global.FastSetProperty("hub", new(new JsValue(hub), false, false, false));
    }

    /// <summary>For a program of our own: what a repaired tree calls, and no more.</summary>
    public static void FurnishOwn(Engine engine)
    {
        DefineOperators(engine);
        DefineGuards(engine);
    }

    private static void DefineOperators(Engine engine)
    {
        Hidden(engine, HostName.Not, (_, a) => ~Int32(a[0]));
        Hidden(engine, HostName.And, (_, a) => Int32(a[0]) & Int32(a[1]));
        Hidden(engine, HostName.Or, (_, a) => Int32(a[0]) | Int32(a[1]));
        Hidden(engine, HostName.ExclusiveOr, (_, a) => Int32(a[0]) ^ Int32(a[1]));
        Hidden(engine, HostName.ShiftLeft, (_, a) => Int32(a[0]) << Int32(a[1]));
        Hidden(engine, HostName.ShiftRight, (_, a) => Int32(a[0]) >> Int32(a[1]));
        Hidden(engine, HostName.ShiftRightUnsigned, (_, a) => (double)((uint)Int32(a[0]) >> Int32(a[1])));
        Hidden(engine, HostName.Key, (_, a) => TypeConverter.ToString(a[0]));
    }

    /// <summary>ToInt32 of the standard: modulo 2^32, and 0 for what is not finite.</summary>
    private static int Int32(JsValue value)
    {
        var number = TypeConverter.ToNumber(value);
        if (number is >= int.MinValue and <= int.MaxValue)
            return (int)number;
        if (!double.IsFinite(number))
            return 0;
        var modulo = Math.Truncate(number) % 4294967296.0;
        return unchecked((int)(uint)(modulo < 0 ? modulo + 4294967296.0 : modulo));
    }

    private static void DefineGuards(Engine engine)
    {
        Hidden(engine, HostName.Stack, (_, _) =>
        {
            CheckStack(engine);
            return JsValue.Undefined;
        });
        Hidden(engine, HostName.Throwable, (_, a) => Throwable(a[0]));
        var join = (FunctionInstance)engine.Array.PrototypeObject.Get("join").AsObject();
        Replace(engine, engine.Array.PrototypeObject, "join", (self, a) =>
        {
            CheckStack(engine);
            return join.Call(self, a);
        });
        Replace(engine, engine.Json, "parse", (self, a) =>
        {
            if (a.Length > 0 && Depth(TypeConverter.ToString(a[0])) > MaxTextDepth)
                throw new JavaScriptException(engine.RangeError, $"the JSON text is nested deeper than {MaxTextDepth}");
            return engine.Json.Parse(self, a);
        });
        Replace(engine, engine.Number.PrototypeObject, "toPrecision", (self, a) => Numerals.ToPrecision(engine, self, a));
    }

    private static void CheckStack(Engine engine)
    {
        if (StackGuard.IsNearEnd)
            throw new JavaScriptException(engine.RangeError, "too much recursion: a function calls itself without end");
    }

    // The engine fails on a thrown object that has no text as its message.
    private static JsValue Throwable(JsValue value)
    {
        if (value.IsObject() && !value.AsObject().Get("message").IsString() && value.AsObject() is { Extensible: true } thrown)
            thrown.DefineOwnProperty("message", new("", true, false, true), false);
        return value;
    }

    private static int Depth(string json)
    {
        var (depth, deepest, inText) = (0, 0, false);
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case '\\' when inText:
                    i++;
                    break;
                case '"':
                    inText = !inText;
                    break;
                case '[' or '{' when !inText:
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case ']' or '}' when !inText:
                    depth--;
                    break;
            }
        }

        return deepest;
    }

    // Code made from text would run with the unrepaired tree and past the limits of reading.
    private static void Refuse(Engine engine)
    {
        Replace(engine, engine.Global, "eval", (_, _) => throw new JavaScriptException(engine.TypeError, "eval is not available: write the code itself"));
        var function = new ClrFunctionInstance(
            engine, (_, _) => throw new JavaScriptException(engine.TypeError, "Function is not available: write the function itself"));
        function.FastAddProperty("prototype", engine.Function.PrototypeObject, false, false, false);
        Put(engine.Global, "Function", function);
        Put(engine.Function.PrototypeObject, "constructor", function);
    }

    private static void Steady(Engine engine, ScriptAsk ask, TimeZoneInfo zone)
    {
        var date = new RealmDate(engine, ask.NowMilliseconds, zone);
        Put(engine.Global, "Date", date);
        var chance = new Chance(ask.Hash, ask.NowMilliseconds);
        Replace(engine, engine.Math, "random", (_, _) => chance.Next());
    }

    private static void Hidden(Engine engine, string name, Func<JsValue, JsValue[], JsValue> function) =>
        engine.Global.FastAddProperty(name, new ClrFunctionInstance(engine, function), false, false, false);

    private static void Replace(Engine engine, ObjectInstance holder, string name, Func<JsValue, JsValue[], JsValue> function) =>
        Put(holder, name, new ClrFunctionInstance(engine, function));

    private static void Put(ObjectInstance holder, string name, ObjectInstance value) =>
        holder.FastSetProperty(name, new(new JsValue(value), true, false, true));
}

/// <summary>Math.random: the same numbers for the same call.</summary>
internal sealed class Chance(string hash, long now)
{
    private ulong _state = Seed(hash, now);

    public double Next()
    {
        // xorshift64*: small, and good enough for what a recipe wants of chance.
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 0x2545F4914F6CDD1DUL >> 11) / (double)(1UL << 53);
    }

    private static ulong Seed(string hash, long now)
    {
        var seed = 14695981039346656037UL ^ (ulong)now;
        foreach (var character in hash)
            seed = (seed ^ character) * 1099511628211UL;
        return seed == 0 ? 1 : seed;
    }
}
