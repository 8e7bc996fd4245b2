using System.Runtime.CompilerServices;
using ConnectorHub.ScriptHost.JavaScript.BuiltIns;
using ConnectorHub.Scripting;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// Furnishes a new engine: what repaired trees call, the built-ins of today's standard, <c>hub</c>, and nothing that reaches the clock, chance,
/// the unrepaired parser or the end of the stack. What a script does not look at is not made.
/// </summary>
internal static class Realm
{
    // Beyond this, deleting members of one object one by one costs more than the order is worth.
    private const int MostReordered = 5_000;

    private static readonly Method[] Operators =
    [
        new(HostName.Not, 1, (_, _, a) => ~Js.Int32(a[0])),
        new(HostName.And, 2, (_, _, a) => Js.Int32(a[0]) & Js.Int32(a[1])),
        new(HostName.Or, 2, (_, _, a) => Js.Int32(a[0]) | Js.Int32(a[1])),
        new(HostName.ExclusiveOr, 2, (_, _, a) => Js.Int32(a[0]) ^ Js.Int32(a[1])),
        new(HostName.ShiftLeft, 2, (_, _, a) => Js.Int32(a[0]) << Js.Int32(a[1])),
        new(HostName.ShiftRight, 2, (_, _, a) => Js.Int32(a[0]) >> Js.Int32(a[1])),
        new(HostName.ShiftRightUnsigned, 2, (_, _, a) => (double)((uint)Js.Int32(a[0]) >> Js.Int32(a[1]))),
        new(HostName.Plus, 1, (_, _, a) => NumberReading.Of(a[0])),
        new(HostName.Key, 1, (_, _, a) => Js.Text(a[0])),
        new(HostName.Expression, 1, (world, _, a) => Expressions.Literal(world, a[0].AsString())),
        new(HostName.Delete, 2, Delete),
        new(HostName.Ordered, 1, Ordered),
        new(HostName.Throwable, 1, (_, _, a) => Throwable(a[0])),
        new(HostName.Stack, 0, (world, _, _) =>
        {
            world.CheckStack();
            return JsValue.Undefined;
        }),
    ];

    private static readonly Method[] Texts = [.. TextMethods.Prototype, .. TextSearch.Prototype];

    private static readonly Method Eval = new("eval", 1, (world, _, _) => throw world.TypeError("eval is not available: write the code itself"));

    public static World Furnish(Engine engine, ScriptAsk ask, TimeZoneInfo zone)
    {
        var world = new World(engine, zone);
        foreach (var method in Operators)
            engine.Global.FastSetProperty(method.Name, new LazyMethod(world, method, isFixed: true));
        Prototypes(world);
        Globals(world, ask);
        Refuse(world);
        engine.Global.FastSetProperty("hub", new PropertyDescriptor(new JsValue(HubObject.Of(world, ask)), false, false, false));
        return world;
    }

    /// <summary>For a program of our own: what a repaired tree calls, and no more. It is written for the engine as it is.</summary>
    public static void FurnishOwn(Engine engine)
    {
        var world = new World(engine, TimeZoneInfo.Utc);
        foreach (var method in Operators)
            engine.Global.FastSetProperty(method.Name, new LazyMethod(world, method, isFixed: true));
        foreach (var method in (Method[])[
            new(HostName.Expression, 1, (_, _, a) => engine.RegExp.Construct(a[0].AsString())),
            new(HostName.Delete, 2, (_, _, a) => world.ToObject(a[0], "delete").Delete(Js.Text(a[1]), false)),
            new(HostName.Ordered, 1, (_, _, a) => a[0])])
        {
            engine.Global.FastSetProperty(method.Name, new LazyMethod(world, method, isFixed: true));
        }
    }

    private static void Prototypes(World world)
    {
        var engine = world.Engine;
        world.Add(engine.Array.PrototypeObject, ArrayMethods.Prototype);
        world.Add(engine.String.PrototypeObject, Texts);
        world.Add(engine.Number.PrototypeObject, NumberMethods.Prototype);
    }

    private static void Globals(World world, ScriptAsk ask)
    {
        var engine = world.Engine;
        world.AddGlobal("Object", engine.Object.PrototypeObject, () => With(world, engine.Object, ObjectMethods.Static));
        world.AddGlobal("Array", engine.Array.PrototypeObject, () => With(world, engine.Array, ArrayMethods.Static));
        world.AddGlobal("String", engine.String.PrototypeObject, () => Text(world));
        world.AddGlobal("Number", engine.Number.PrototypeObject, () => Number(world));
        world.AddGlobal("Date", engine.Date.PrototypeObject, () => Dates.Constructor(world, ask.NowMilliseconds));
        world.AddGlobal("RegExp", () => world.ExpressionConstructor);
        world.AddGlobal("globalThis", () => engine.Global);
        world.AddGlobal("Math", () =>
        {
            var chance = new Chance(ask.Hash, ask.NowMilliseconds);
            world.Add(engine.Math, [new Method("random", 0, (_, _, _) => chance.Next())]);
            return With(world, engine.Math, NumberMethods.Maths);
        });
        world.AddGlobal("JSON", () => With(world, engine.Json, [new Method("parse", 2, (world, _, a) => JsonText.Parse(world, a)), new Method("stringify", 3, (world, _, a) => JsonWriting.Write(world, a))]));
        foreach (var method in NumberMethods.Global)
            engine.Global.FastSetProperty(method.Name, new LazyMethod(world, method));
        Collections.AddTo(world);
    }

    private static ObjectInstance With(World world, ObjectInstance holder, Method[] methods)
    {
        world.Add(holder, methods);
        return holder;
    }

    private static HostConstructor Text(World world)
    {
        var text = new HostConstructor(
            world, "String", 1, world.Engine.String.PrototypeObject, a => world.Engine.String.Construct(a.Length == 0 ? "" : Js.Text(a[0])), a => a.Length == 0 ? "" : Js.Text(a[0]));
        world.Add(text, TextMethods.Static);
        return text;
    }

    private static HostConstructor Number(World world)
    {
        var engine = world.Engine;
        var number = new HostConstructor(
            world, "Number", 1, engine.Number.PrototypeObject, a => engine.Number.Construct(a.Length == 0 ? 0 : NumberReading.Of(a[0])), a => a.Length == 0 ? 0 : NumberReading.Of(a[0]));
        world.Add(number, NumberMethods.Static);
        foreach (var method in NumberMethods.Global)
            number.FastSetProperty(method.Name, engine.Global.GetOwnProperty(method.Name));
        foreach (var (name, value) in NumberMethods.Constants)
            number.FastSetProperty(name, new PropertyDescriptor(value, false, false, false));
        return number;
    }

    // Code made from text would run with the unrepaired tree and past the limits of reading.
    private static void Refuse(World world)
    {
        var engine = world.Engine;
        engine.Global.FastSetProperty(Eval.Name, new LazyMethod(world, Eval));
        Exception Refused() => world.TypeError("Function is not available: write the function itself");
        world.AddGlobal("Function", engine.Function.PrototypeObject, () =>
            new HostConstructor(world, "Function", 1, engine.Function.PrototypeObject, _ => throw Refused(), _ => throw Refused()));
    }

    // The engine fails on a thrown object that has no text as its message.
    private static JsValue Throwable(JsValue value)
    {
        if (value.IsObject() && !value.AsObject().Get("message").IsString() && value.AsObject() is { Extensible: true } thrown)
            thrown.DefineOwnProperty("message", new("", true, false, true), false);
        return value;
    }

    // The engine would give the next member the place of the one that went.
    private static JsValue Delete(World world, JsValue self, JsValue[] a)
    {
        var holder = world.ToObject(a[0], "delete");
        var isGone = holder.Delete(Js.Text(a[1]), false);
        if (!isGone || holder.Class != "Object")
            return isGone;
        var members = holder.GetOwnProperties().Take(MostReordered + 1).ToArray();
        if (members.Length <= MostReordered)
        {
            var properties = Properties(holder);
            properties.Clear();
            foreach (var (name, property) in members)
                properties[name] = property;
        }

        return true;
    }

    // for…in asks the engine, which knows only the order of coming: where numbers are among the names, it is asked about a copy.
    private static JsValue Ordered(World world, JsValue self, JsValue[] a)
    {
        var copy = world.Object();
        if (a[0].IsString())
        {
            for (var i = 0; i < a[0].AsString().Length; i++)
                copy.FastAddProperty(Js.Index(i), JsValue.Undefined, true, true, true);
            return copy;
        }

        if (!a[0].IsObject() || a[0].AsObject() is not { Class: "Object" or "Error" } holder || (holder.Class == "Object" && IsInOrder(holder)))
            return a[0];
        copy.Prototype = holder.Prototype;
        foreach (var name in Js.OwnNames(holder))
            copy.FastAddProperty(name, JsValue.Undefined, true, true, true);
        return copy;
    }

    private static bool IsInOrder(ObjectInstance holder)
    {
        var last = -1L;
        var named = false;
        foreach (var (name, _) in holder.GetOwnProperties())
        {
            if (!Js.IsIndex(name))
            {
                named = true;
                continue;
            }

            var index = long.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
            if (named || index < last)
                return false;
            last = index;
        }

        return true;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Properties")]
    private static extern IDictionary<string, PropertyDescriptor> Properties(ObjectInstance holder);
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
