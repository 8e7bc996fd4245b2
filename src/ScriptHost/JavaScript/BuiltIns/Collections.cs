using System.Runtime.CompilerServices;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>The contents of a Map or Set: in the order of insertion, also while it is walked through and changed.</summary>
internal sealed class Collection(World world, string kind) : ObjectInstance(world.Engine)
{
    private readonly Dictionary<JsValue, Entry> _entries = new(KeyOrder.Instance);
    private readonly List<Entry> _order = [];

    private sealed class Entry(JsValue key, JsValue value)
    {
        public JsValue Key => key;

        public JsValue Value { get; set; } = value;

        public bool Gone { get; set; }
    }

    /// <summary>Map, Set, WeakMap or WeakSet.</summary>
    public string Kind => kind;

    public override string Class => kind;

    public int Count => _entries.Count;

    public bool Has(JsValue key) => _entries.ContainsKey(key);

    public JsValue Read(JsValue key) => _entries.TryGetValue(key, out var entry) ? entry.Value : JsValue.Undefined;

    public void Write(JsValue key, JsValue value)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            entry.Value = value;
            return;
        }

        // -0 as a key is 0.
        var added = new Entry(key.IsNumber() && key.AsNumber() == 0 ? 0 : key, value);
        _entries[added.Key] = added;
        _order.Add(added);
    }

    public bool Remove(JsValue key)
    {
        if (!_entries.Remove(key, out var entry))
            return false;
        entry.Gone = true;
        return true;
    }

    public void Clear()
    {
        _entries.Clear();
        foreach (var entry in _order)
            entry.Gone = true;
    }

    public IEnumerable<(JsValue Key, JsValue Value)> Entries()
    {
        for (var i = 0; i < _order.Count; i++)
        {
            if (!_order[i].Gone)
                yield return (_order[i].Key, _order[i].Value);
        }
    }

    /// <summary>SameValueZero, as a dictionary asks it.</summary>
    private sealed class KeyOrder : IEqualityComparer<JsValue>
    {
        public static readonly KeyOrder Instance = new();

        public bool Equals(JsValue? x, JsValue? y) => Js.AreSameOrZero(x!, y!);

        public int GetHashCode(JsValue value) => value.Type switch
        {
            Types.String => string.GetHashCode(value.AsString(), StringComparison.Ordinal),
            Types.Number => value.AsNumber() == 0 ? 0 : value.AsNumber().GetHashCode(),
            Types.Boolean => value.AsBoolean() ? 1 : 2,
            Types.Object => RuntimeHelpers.GetHashCode(value.AsObject()),
            _ => (int)value.Type,
        };
    }
}

/// <summary>Map, Set, and their weak kin: a script ends long before anything would be let go.</summary>
internal static class Collections
{
    private const string Map = "Map";
    private const string Set = "Set";
    private const string WeakMap = "WeakMap";
    private const string WeakSet = "WeakSet";

    public static readonly Method[] MapMethods =
    [
        .. Common(Map), .. Keyed(Map),
        new("forEach", 1, (world, self, a) => ForEach(world, self, a, Map)),
        new("clear", 0, (world, self, _) => Clear(world, self, Map)),
        new("keys", 0, (world, self, _) => world.Walk(This(world, self, Map, "keys").Entries().Select(entry => entry.Key))),
        new("values", 0, (world, self, _) => world.Walk(This(world, self, Map, "values").Entries().Select(entry => entry.Value))),
        new("entries", 0, Pairs),
        new(Walk.Iterator, 0, Pairs),
    ];

    public static readonly Method[] SetMethods =
    [
        .. Common(Set), .. Unkeyed(Set),
        new("forEach", 1, (world, self, a) => ForEach(world, self, a, Set)),
        new("clear", 0, (world, self, _) => Clear(world, self, Set)),
        new("keys", 0, Members),
        new("values", 0, Members),
        new("entries", 0, (world, self, _) => world.Walk(This(world, self, Set, "entries").Entries().Select(entry => world.Pair(entry.Key, entry.Key)))),
        new(Walk.Iterator, 0, Members),
    ];

    public static readonly Method[] WeakMapMethods = [.. Common(WeakMap), .. Keyed(WeakMap)];

    public static readonly Method[] WeakSetMethods = [.. Common(WeakSet), .. Unkeyed(WeakSet)];

    public static void AddTo(World world)
    {
        world.AddGlobal(Map, () => Constructor(world, Map, MapMethods));
        world.AddGlobal(Set, () => Constructor(world, Set, SetMethods));
        world.AddGlobal(WeakMap, () => Constructor(world, WeakMap, WeakMapMethods));
        world.AddGlobal(WeakSet, () => Constructor(world, WeakSet, WeakSetMethods));
    }

    private static HostConstructor Constructor(World world, string kind, Method[] methods)
    {
        var prototype = world.Object();
        world.Add(prototype, methods);
        if (kind is Map or Set)
            world.AddGetter(prototype, "size", (_, self, _) => This(world, self, kind, "size").Count);
        var constructor = new HostConstructor(world, kind, 0, prototype, a => Construct(world, kind, prototype, a.At(0)));
        if (kind == Map)
            world.Add(constructor, [new Method("groupBy", 2, GroupBy)]);
        return constructor;
    }

    private static Collection Construct(World world, string kind, ObjectInstance prototype, JsValue items)
    {
        var made = new Collection(world, kind) { Prototype = prototype, Extensible = true };
        if (Js.IsNothing(items))
            return made;
        foreach (var item in world.Iterate(items, kind))
        {
            if (kind is Set or WeakSet)
                made.Write(Key(world, kind, item), item);
            else if (item.IsObject())
                made.Write(Key(world, kind, item.AsObject().Get("0")), item.AsObject().Get("1"));
            else
                throw world.TypeError($"{kind} needs pairs of a key and a value; it got {Js.Show(item)}");
        }

        return made;
    }

    private static Method[] Common(string kind) =>
    [
        new("has", 1, (world, self, a) => This(world, self, kind, "has").Has(a.At(0))),
        new("delete", 1, (world, self, a) => This(world, self, kind, "delete").Remove(a.At(0))),
    ];

    private static Method[] Keyed(string kind) =>
    [
        new("get", 1, (world, self, a) => This(world, self, kind, "get").Read(a.At(0))),
        new("set", 2, (world, self, a) => Write(This(world, self, kind, "set"), Key(world, kind, a.At(0)), a.At(1))),
    ];

    private static Method[] Unkeyed(string kind) =>
        [new("add", 1, (world, self, a) => Write(This(world, self, kind, "add"), Key(world, kind, a.At(0)), a.At(0)))];

    private static Collection Write(Collection collection, JsValue key, JsValue value)
    {
        collection.Write(key, value);
        return collection;
    }

    private static JsValue Key(World world, string kind, JsValue key) =>
        kind is Map or Set || key.IsObject() ? key : throw world.TypeError($"A {kind} holds objects only; it got {Js.Show(key)}");

    private static JsValue ForEach(World world, JsValue self, JsValue[] a, string kind)
    {
        var collection = This(world, self, kind, "forEach");
        var visit = world.ToFunction(a.At(0), "forEach");
        foreach (var (key, value) in collection.Entries())
            visit.Call(a.At(1), [kind == Set ? key : value, key, self]);
        return JsValue.Undefined;
    }

    private static JsValue Clear(World world, JsValue self, string kind)
    {
        This(world, self, kind, "clear").Clear();
        return JsValue.Undefined;
    }

    private static JsValue Pairs(World world, JsValue self, JsValue[] a) =>
        world.Walk(This(world, self, Map, "entries").Entries().Select(entry => world.Pair(entry.Key, entry.Value)));

    private static JsValue Members(World world, JsValue self, JsValue[] a) =>
        world.Walk(This(world, self, Set, "values").Entries().Select(entry => entry.Key));

    private static JsValue GroupBy(World world, JsValue self, JsValue[] a)
    {
        var key = world.ToFunction(a.At(1), "Map.groupBy");
        var groups = (Collection)((HostConstructor)self.AsObject()).Construct([]);
        var place = 0;
        foreach (var item in world.Iterate(a.At(0), "Map.groupBy"))
        {
            var name = key.Call(JsValue.Undefined, [item, place++]);
            if (!groups.Has(name))
                groups.Write(name, world.List([]));
            world.Engine.Array.PrototypeObject.Push(groups.Read(name), [item]);
        }

        return groups;
    }

    private static Collection This(World world, JsValue self, string kind, string method) =>
        self.IsObject() && self.AsObject() is Collection collection && collection.Kind == kind
            ? collection
            : throw world.TypeError($"{method} of {kind} is called on {Js.Show(self)}");
}
