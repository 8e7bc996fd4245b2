using Jint.Native;
using Jint.Native.Object;
using Jint.Native.String;
using Jint.Runtime.Descriptors;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>Object.*</summary>
internal static class ObjectMethods
{
    public static readonly Method[] Static =
    [
        new("assign", 2, Assign),
        new("entries", 1, (world, _, a) => world.List(Properties(world, a, "Object.entries").Select(property => world.Pair(property.Name, property.Value)))),
        new("values", 1, (world, _, a) => world.List(Properties(world, a, "Object.values").Select(property => property.Value))),
        new("keys", 1, (world, _, a) => world.List(Js.OwnNames(Whole(world, a, "Object.keys")).Select(name => (JsValue)name))),
        new("getOwnPropertyNames", 1, (world, _, a) => world.List(AllNames(Whole(world, a, "Object.getOwnPropertyNames")).Select(name => (JsValue)name))),
        new("fromEntries", 1, FromEntries),
        new("is", 2, (_, _, a) => Js.AreSame(a.At(0), a.At(1))),
        new("hasOwn", 2, (world, _, a) => HasOwn(Whole(world, a, "Object.hasOwn"), Js.Text(a.At(1)))),
        new("getOwnPropertyDescriptors", 1, Descriptors),
        new("getOwnPropertyDescriptor", 2, (world, _, a) => Descriptor(world, Whole(world, a, "Object.getOwnPropertyDescriptor"), Js.Text(a.At(1)))),
        new("getPrototypeOf", 1, (world, _, a) => Whole(world, a, "Object.getPrototypeOf").Prototype is { } prototype ? prototype : JsValue.Null),
        new("setPrototypeOf", 2, SetPrototype),
        new("groupBy", 2, GroupBy),
        new("freeze", 1, (world, _, a) => a.At(0).IsObject() ? world.Engine.Object.Freeze(JsValue.Undefined, a) : a.At(0)),
        new("seal", 1, (world, _, a) => a.At(0).IsObject() ? world.Engine.Object.Seal(JsValue.Undefined, a) : a.At(0)),
        new("preventExtensions", 1, (world, _, a) => a.At(0).IsObject() ? world.Engine.Object.PreventExtensions(JsValue.Undefined, a) : a.At(0)),
        new("isFrozen", 1, (world, _, a) => a.At(0).IsObject() ? world.Engine.Object.IsFrozen(JsValue.Undefined, a) : JsValue.True),
        new("isSealed", 1, (world, _, a) => a.At(0).IsObject() ? world.Engine.Object.IsSealed(JsValue.Undefined, a) : JsValue.True),
        new("isExtensible", 1, (world, _, a) => a.At(0).IsObject() ? world.Engine.Object.IsExtensible(JsValue.Undefined, a) : JsValue.False),
    ];

    /// <summary>Sets a member whatever its name: "__proto__" is data.</summary>
    public static void Set(ObjectInstance holder, string name, JsValue value) =>
        holder.FastSetProperty(name, new PropertyDescriptor(value, true, true, true));

    private static ObjectInstance Whole(World world, JsValue[] arguments, string method)
    {
        var holder = world.ToObject(arguments.At(0), method);
        if (holder is not StringInstance text)
            return holder;
        // The letters of a text are its properties; the engine does not list them.
        var letters = world.Object();
        foreach (var (letter, at) in text.PrimitiveValue.AsString().Select((letter, at) => (letter, at)))
            letters.FastAddProperty(Js.Index(at), letter.ToString(), false, true, false);
        foreach (var (name, property) in text.GetOwnProperties())
            letters.FastSetProperty(name, property);
        letters.FastSetProperty("length", new PropertyDescriptor(text.PrimitiveValue.AsString().Length, false, false, false));
        return letters;
    }

    private static IEnumerable<(string Name, JsValue Value)> Properties(World world, JsValue[] arguments, string method)
    {
        var holder = Whole(world, arguments, method);
        return from name in Js.OwnNames(holder)
               where holder.GetOwnProperty(name).Enumerable == true
               select (name, holder.Get(name));
    }

    private static IEnumerable<string> AllNames(ObjectInstance holder) => Js.OwnNames(holder, enumerableOnly: false).Where(name => !name.StartsWith('#'));

    private static bool HasOwn(ObjectInstance holder, string name) => holder.GetOwnProperty(name) != PropertyDescriptor.Undefined;

    private static JsValue Assign(World world, JsValue self, JsValue[] arguments)
    {
        var target = world.ToObject(arguments.At(0), "Object.assign");
        foreach (var source in arguments.Skip(1).Where(source => !Js.IsNothing(source)))
        {
            foreach (var (name, value) in Properties(world, [source], "Object.assign"))
                target.Put(name, value, true);
        }

        return target;
    }

    private static JsValue FromEntries(World world, JsValue self, JsValue[] arguments)
    {
        var made = world.Object();
        foreach (var entry in world.Iterate(arguments.At(0), "Object.fromEntries"))
        {
            if (!entry.IsObject())
                throw world.TypeError($"Object.fromEntries needs pairs of a name and a value; it got {Js.Show(entry)}");
            Set(made, Js.Text(entry.AsObject().Get("0")), entry.AsObject().Get("1"));
        }

        return made;
    }

    private static JsValue GroupBy(World world, JsValue self, JsValue[] arguments)
    {
        var key = world.ToFunction(arguments.At(1), "Object.groupBy");
        var groups = world.Object();
        var place = 0;
        foreach (var item in world.Iterate(arguments.At(0), "Object.groupBy"))
        {
            var name = Js.Text(key.Call(JsValue.Undefined, [item, place++]));
            if (groups.GetOwnProperty(name) == PropertyDescriptor.Undefined)
                Set(groups, name, world.List([]));
            world.Engine.Array.PrototypeObject.Push(groups.Get(name), [item]);
        }

        groups.Prototype = null;
        return groups;
    }

    private static JsValue Descriptors(World world, JsValue self, JsValue[] arguments)
    {
        var holder = Whole(world, arguments, "Object.getOwnPropertyDescriptors");
        var made = world.Object();
        foreach (var name in AllNames(holder))
            Set(made, name, Descriptor(world, holder, name));
        return made;
    }

    private static JsValue Descriptor(World world, ObjectInstance holder, string name)
    {
        var property = holder.GetOwnProperty(name);
        if (property == PropertyDescriptor.Undefined)
            return JsValue.Undefined;
        var made = world.Object();
        if (property.Get is not null || property.Set is not null)
        {
            Set(made, "get", property.Get ?? JsValue.Undefined);
            Set(made, "set", property.Set ?? JsValue.Undefined);
        }
        else
        {
            Set(made, "value", property.Value ?? JsValue.Undefined);
            Set(made, "writable", property.Writable == true);
        }

        Set(made, "enumerable", property.Enumerable == true);
        Set(made, "configurable", property.Configurable == true);
        return made;
    }

    private static JsValue SetPrototype(World world, JsValue self, JsValue[] arguments)
    {
        var holder = world.ToObject(arguments.At(0), "Object.setPrototypeOf");
        if (!arguments.At(1).IsObject() && !arguments.At(1).IsNull())
            throw world.TypeError("Object.setPrototypeOf needs an object or null");
        var prototype = arguments.At(1).IsObject() ? arguments.At(1).AsObject() : null;
        for (var above = prototype; above is not null; above = above.Prototype)
        {
            if (ReferenceEquals(above, holder))
                throw world.TypeError("Object.setPrototypeOf would make a circle");
        }

        if (!holder.Extensible && !ReferenceEquals(holder.Prototype, prototype))
            throw world.TypeError("Object.setPrototypeOf: the object cannot be changed");
        holder.Prototype = prototype;
        return arguments.At(0);
    }
}
