using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>Array.* and what lists got since 2015. They take whatever has a length, as the standard has it.</summary>
internal static partial class ArrayMethods
{
    public static readonly Method[] Static =
    [
        new("from", 1, From),
        new("of", 0, (world, _, a) => world.List(a)),
    ];

    public static readonly Method[] Prototype =
    [
        new("at", 1, At),
        new("copyWithin", 2, CopyWithin),
        new("entries", 0, (world, self, _) => world.Walk(Entries(world, world.ToObject(self, "entries")))),
        new("fill", 1, Fill),
        new("find", 1, (world, self, a) => Search(world, self, a, "find", fromEnd: false).Value),
        new("findIndex", 1, (world, self, a) => Search(world, self, a, "findIndex", fromEnd: false).Place),
        new("findLast", 1, (world, self, a) => Search(world, self, a, "findLast", fromEnd: true).Value),
        new("findLastIndex", 1, (world, self, a) => Search(world, self, a, "findLastIndex", fromEnd: true).Place),
        new("flat", 0, Flat),
        new("flatMap", 1, FlatMap),
        new("includes", 1, Includes),
        new("join", 1, Join),
        new("keys", 0, (world, self, _) => world.Walk(Keys(world.ToObject(self, "keys")))),
        new("sort", 1, Sort),
        new("splice", 2, Splice),
        new("toReversed", 0, (world, self, _) => world.List(Copy(world, self, "toReversed").AsEnumerable().Reverse())),
        new("toSorted", 1, (world, self, a) => world.List(Sorted(world, Copy(world, self, "toSorted"), a.At(0), "toSorted"))),
        new("toSpliced", 2, ToSpliced),
        new("values", 0, Values),
        new(Walk.Iterator, 0, Values),
        new("with", 2, With),
    ];

    private static JsValue From(World world, JsValue self, JsValue[] a)
    {
        var map = a.At(1).IsUndefined() ? null : world.ToFunction(a.At(1), "Array.from");
        if (Js.IsNothing(a.At(0)))
            throw world.TypeError($"Array.from needs a list, a text, a Map or a Set; it got {Js.Show(a.At(0))}");
        var items = world.TryIterate(a.At(0)) ?? World.Items(TypeConverter.ToObject(world.Engine, a.At(0)));
        return world.List(map is null ? items : items.Select((item, place) => map.Call(a.At(2), [item, place])));
    }

    private static JsValue At(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "at");
        var (place, length) = (Js.Integer(a.At(0)), Js.Length(list));
        place = place < 0 ? place + length : place;
        return place < 0 || place >= length ? JsValue.Undefined : list.Get(Js.Index((long)place));
    }

    private static JsValue Values(World world, JsValue self, JsValue[] a) => world.Walk(World.Items(world.ToObject(self, "values")));

    private static IEnumerable<JsValue> Keys(ObjectInstance list)
    {
        for (long i = 0; i < Js.Length(list); i++)
            yield return i;
    }

    private static IEnumerable<JsValue> Entries(World world, ObjectInstance list)
    {
        for (long i = 0; i < Js.Length(list); i++)
            yield return world.Pair(i, list.Get(Js.Index(i)));
    }

    private static JsValue CopyWithin(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "copyWithin");
        var length = Js.Length(list);
        var (to, from, end) = ((long)Js.Relative(a.At(0), length, 0), (long)Js.Relative(a.At(1), length, 0), (long)Js.Relative(a.At(2), length, length));
        var count = Math.Min(end - from, length - to);
        var backwards = from < to && to < from + count;
        for (long step = 0; step < count; step++)
        {
            var offset = backwards ? count - 1 - step : step;
            var (source, target) = (Js.Index(from + offset), Js.Index(to + offset));
            if (list.HasProperty(source))
                list.Put(target, list.Get(source), true);
            else
                list.Delete(target, true);
        }

        return list;
    }

    private static JsValue Fill(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "fill");
        var length = Js.Length(list);
        var end = Js.Relative(a.At(2), length, length);
        for (var i = (long)Js.Relative(a.At(1), length, 0); i < end; i++)
            list.Put(Js.Index(i), a.At(0), true);
        return list;
    }

    private static (JsValue Value, JsValue Place) Search(World world, JsValue self, JsValue[] a, string method, bool fromEnd)
    {
        var list = world.ToObject(self, method);
        var length = Js.Length(list);
        var test = world.ToFunction(a.At(0), method);
        for (long step = 0; step < length; step++)
        {
            var place = fromEnd ? length - 1 - step : step;
            var item = list.Get(Js.Index(place));
            if (TypeConverter.ToBoolean(test.Call(a.At(1), [item, place, list])))
                return (item, place);
        }

        return (JsValue.Undefined, -1);
    }

    private static JsValue Flat(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "flat");
        var depth = a.At(0).IsUndefined() ? 1 : Js.Integer(a.At(0));
        return world.List(Flattened(world, list, depth));
    }

    private static IEnumerable<JsValue> Flattened(World world, ObjectInstance list, double depth)
    {
        world.CheckStack();
        for (long i = 0, length = Js.Length(list); i < length; i++)
        {
            var index = Js.Index(i);
            if (!list.HasProperty(index))
                continue;
            var item = list.Get(index);
            if (depth >= 1 && item.IsArray())
            {
                foreach (var inner in Flattened(world, item.AsObject(), depth - 1))
                    yield return inner;
            }
            else
            {
                yield return item;
            }
        }
    }

    private static JsValue FlatMap(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "flatMap");
        var map = world.ToFunction(a.At(0), "flatMap");
        var made = new List<JsValue>();
        for (long i = 0, length = Js.Length(list); i < length; i++)
        {
            if (!list.HasProperty(Js.Index(i)))
                continue;
            var item = map.Call(a.At(1), [list.Get(Js.Index(i)), i, list]);
            if (item.IsArray())
                made.AddRange(Flattened(world, item.AsObject(), 0));
            else
                made.Add(item);
        }

        return world.List(made);
    }

    private static JsValue Includes(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "includes");
        var length = Js.Length(list);
        for (var i = (long)Js.Relative(a.At(1), length, 0); i < length; i++)
        {
            if (Js.AreSameOrZero(list.Get(Js.Index(i)), a.At(0)))
                return true;
        }

        return false;
    }

    private static JsValue Join(World world, JsValue self, JsValue[] a)
    {
        world.CheckStack();
        var list = world.ToObject(self, "join");
        var separator = a.At(0).IsUndefined() ? "," : Js.Text(a.At(0));
        var text = new System.Text.StringBuilder();
        if (!world.Joining.Add(list))
            return "";
        try
        {
            for (long i = 0, length = Js.Length(list); i < length; i++)
            {
                var item = list.Get(Js.Index(i));
                text.Append(i == 0 ? "" : separator).Append(Js.IsNothing(item) ? "" : Js.Text(item));
            }
        }
        finally
        {
            world.Joining.Remove(list);
        }

        return text.ToString();
    }

    // Stable; holes and undefined go last, as the standard has it.
    private static JsValue Sort(World world, JsValue self, JsValue[] a)
    {
        if (!a.At(0).IsUndefined())
            world.ToFunction(a.At(0), "sort");
        var list = world.ToObject(self, "sort");
        var length = Js.Length(list);
        var items = new List<JsValue>();
        for (long i = 0; i < length; i++)
        {
            if (list.HasProperty(Js.Index(i)))
                items.Add(list.Get(Js.Index(i)));
        }

        var place = 0L;
        foreach (var item in Sorted(world, items, a.At(0), "sort"))
            list.Put(Js.Index(place++), item, true);
        for (; place < length; place++)
            list.Delete(Js.Index(place), true);
        return self.IsObject() ? self : list;
    }

    private static List<JsValue> Sorted(World world, List<JsValue> items, JsValue comparer, string method)
    {
        var order = comparer.IsUndefined() ? null : world.ToFunction(comparer, method);
        var (known, last) = (items.Where(item => !item.IsUndefined()), items.Where(item => item.IsUndefined()));
        if (order is null)
        {
            var texts = known.Select(item => (Text: Js.Text(item), Item: item)).ToArray();
            return [.. MergeSort.Of(texts, (x, y) => string.CompareOrdinal(x.Text, y.Text)).Select(pair => pair.Item), .. last];
        }

        return [.. MergeSort.Of(known.ToArray(), (x, y) => Order(Js.Number(order.Call(JsValue.Undefined, [x, y])))), .. last];
    }

    private static int Order(double order) => order > 0 ? 1 : order < 0 ? -1 : 0;

    private static List<JsValue> Copy(World world, JsValue self, string method) => [.. World.Items(world.ToObject(self, method))];

    private static JsValue With(World world, JsValue self, JsValue[] a)
    {
        var items = Copy(world, self, "with");
        var place = Js.Integer(a.At(0));
        place = place < 0 ? place + items.Count : place;
        if (place < 0 || place >= items.Count)
            throw world.RangeError($"with: there is no place {Js.Text(a.At(0))} in a list of {items.Count}");
        items[(int)place] = a.At(1);
        return world.List(items);
    }
}
