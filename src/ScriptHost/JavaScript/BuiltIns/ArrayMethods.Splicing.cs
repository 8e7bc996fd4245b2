using Jint.Native;
using Jint.Native.Object;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

internal static partial class ArrayMethods
{
    private static JsValue Splice(World world, JsValue self, JsValue[] a)
    {
        var list = world.ToObject(self, "splice");
        var length = Js.Length(list);
        var start = (long)Js.Relative(a.At(0), length, 0);
        var count = a.Length switch
        {
            0 => 0,
            1 => length - start,
            _ => (long)Math.Clamp(Js.Integer(a[1]), 0, length - start),
        };
        var added = a.Length > 2 ? a[2..] : [];
        var removed = world.List([]);
        for (long i = 0; i < count; i++)
            Move(list, Js.Index(start + i), removed, Js.Index(i));
        removed.Put("length", count, true);
        if (added.Length < count)
        {
            for (var i = start; i < length - count; i++)
                Move(list, Js.Index(i + count), list, Js.Index(i + added.Length));
            for (var i = length; i > length - count + added.Length; i--)
                list.Delete(Js.Index(i - 1), true);
        }
        else if (added.Length > count)
        {
            for (var i = length - count; i > start; i--)
                Move(list, Js.Index(i + count - 1), list, Js.Index(i + added.Length - 1));
        }

        for (var i = 0; i < added.Length; i++)
            list.Put(Js.Index(start + i), added[i], true);
        list.Put("length", length - count + added.Length, true);
        return removed;
    }

    // A hole stays a hole.
    private static void Move(ObjectInstance from, string source, ObjectInstance to, string target)
    {
        if (from.HasProperty(source))
            to.Put(target, from.Get(source), true);
        else
            to.Delete(target, true);
    }

    private static JsValue ToSpliced(World world, JsValue self, JsValue[] a)
    {
        var items = Copy(world, self, "toSpliced");
        var start = (int)Js.Relative(a.At(0), items.Count, 0);
        var count = a.Length switch
        {
            0 => 0,
            1 => items.Count - start,
            _ => (int)Math.Clamp(Js.Integer(a[1]), 0, items.Count - start),
        };
        items.RemoveRange(start, count);
        items.InsertRange(start, a.Skip(2));
        return world.List(items);
    }
}
