using Jint;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Error;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>The body of a built-in function.</summary>
internal delegate JsValue Body(World world, JsValue self, JsValue[] arguments);

/// <summary>One built-in function. Tables of them are made once; the function itself when a script first looks at it.</summary>
internal sealed record Method(string Name, int Length, Body Body);

/// <summary>What the built-in functions of one engine share. Lives as long as one call of a script.</summary>
internal sealed partial class World(Engine engine, TimeZoneInfo zone)
{
    public Engine Engine { get; } = engine;

    public TimeZoneInfo Zone { get; } = zone;

    public JavaScriptException TypeError(string message) => Error(Engine.TypeError, message);

    public JavaScriptException RangeError(string message) => Error(Engine.RangeError, message);

    public JavaScriptException SyntaxError(string message) => Error(Engine.SyntaxError, message);

    public static JavaScriptException Error(ErrorConstructor kind, string message) => new(kind, message);

    public void Add(ObjectInstance holder, IEnumerable<Method> methods)
    {
        foreach (var method in methods)
            holder.FastSetProperty(method.Name, new LazyMethod(this, method));
    }

    /// <summary>A property that is computed each time it is read.</summary>
    public void AddGetter(ObjectInstance holder, string name, Body get) =>
        holder.FastSetProperty(name, new PropertyDescriptor(new JsValue(Function(new Method(name, 0, get))), JsValue.Undefined, false, true));

    /// <summary>A name of the global object whose value is made when a script first reads it.</summary>
    public void AddGlobal(string name, Func<ObjectInstance> make) => Engine.Global.FastSetProperty(name, new LazyValue(make));

    /// <summary>The same for what also hangs at a prototype as its constructor.</summary>
    public void AddGlobal(string name, ObjectInstance prototype, Func<ObjectInstance> make)
    {
        var lazy = new LazyValue(make);
        Engine.Global.FastSetProperty(name, lazy);
        prototype.FastSetProperty("constructor", lazy);
    }

    public ClrFunctionInstance Function(Method method) =>
        new(Engine, (self, arguments) => method.Body(this, self, arguments), method.Length);

    public ObjectInstance Object() => Engine.Object.Construct([]);

    public ObjectInstance ToObject(JsValue value, string method) => Js.IsNothing(value)
        ? throw TypeError($"{method} is called on {Js.Text(value)}")
        : TypeConverter.ToObject(Engine, value);

    public string ToText(JsValue self, string method) => Js.IsNothing(self)
        ? throw TypeError($"{method} is called on {Js.Text(self)}")
        : self.IsString() ? self.AsString() : Js.Text(self);

    public FunctionInstance ToFunction(JsValue value, string method) =>
        value.IsObject() && value.AsObject() is FunctionInstance function
            ? function
            : throw TypeError($"{method} needs a function; it got {Js.Show(value)}");

    public ArrayInstance List(IEnumerable<JsValue> items)
    {
        var list = (ArrayInstance)Engine.Array.Construct([]);
        var count = 0;
        foreach (var item in items)
            list.FastAddProperty(Js.Index(count++), item, true, true, true);
        list.Put("length", count, true);
        return list;
    }

    public JsValue Pair(JsValue first, JsValue second) => List([first, second]);
}

/// <summary>The property of a built-in function.</summary>
internal sealed class LazyMethod : PropertyDescriptor
{
    private readonly World _world;
    private readonly Method _method;
    private JsValue? _value;

    /// <param name="world">Whose it is.</param>
    /// <param name="method">What it makes.</param>
    /// <param name="isFixed">A script cannot change it.</param>
    public LazyMethod(World world, Method method, bool isFixed = false)
    {
        (_world, _method) = (world, method);
        (Writable, Enumerable, Configurable) = (!isFixed, false, !isFixed);
    }

    public override JsValue Value
    {
        get => _value ??= new JsValue(_world.Function(_method));
        set => _value = value;
    }
}

/// <summary>The property of something that most scripts never look at.</summary>
internal sealed class LazyValue : PropertyDescriptor
{
    private readonly Func<ObjectInstance> _make;
    private JsValue? _value;

    public LazyValue(Func<ObjectInstance> make)
    {
        _make = make;
        (Writable, Enumerable, Configurable) = (true, false, true);
    }

    public override JsValue Value
    {
        get => _value ??= new JsValue(_make());
        set => _value = value;
    }
}

/// <summary>A constructor of our own.</summary>
internal sealed class HostConstructor : FunctionInstance, IConstructor
{
    private readonly World _world;
    private readonly Func<JsValue[], ObjectInstance> _construct;
    private readonly Func<JsValue[], JsValue>? _call;
    private readonly string _name;

    /// <param name="world">Whose it is.</param>
    /// <param name="name">For messages.</param>
    /// <param name="length">The number of its arguments.</param>
    /// <param name="prototype">Of what it makes.</param>
    /// <param name="construct">What <c>new</c> does.</param>
    /// <param name="call">What a call without <c>new</c> does; null where that is an error.</param>
    public HostConstructor(World world, string name, int length, ObjectInstance prototype, Func<JsValue[], ObjectInstance> construct, Func<JsValue[], JsValue>? call = null)
        : base(world.Engine, [], null, false)
    {
        (_world, _name, _construct, _call) = (world, name, construct, call);
        (Prototype, Extensible) = (world.Engine.Function.PrototypeObject, true);
        FastAddProperty("length", length, false, false, false);
        FastAddProperty("prototype", prototype, false, false, false);
        prototype.FastSetProperty("constructor", new PropertyDescriptor(this, true, false, true));
    }

    public override JsValue Call(JsValue thisObject, JsValue[] arguments) =>
        _call is not null ? _call(arguments) : throw _world.TypeError($"{_name} is made with 'new {_name}(…)'");

    public ObjectInstance Construct(JsValue[] arguments) => _construct(arguments);
}
