namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>A stable sort that bears an order which contradicts itself.</summary>
internal static class MergeSort
{
    public static T[] Of<T>(T[] items, Comparison<T> order)
    {
        var (from, to) = (items, new T[items.Length]);
        for (var width = 1; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += 2 * width)
                Merge(from, to, start, Math.Min(start + width, items.Length), Math.Min(start + (2 * width), items.Length), order);
            (from, to) = (to, from);
        }

        return from;
    }

    private static void Merge<T>(T[] from, T[] to, int start, int middle, int end, Comparison<T> order)
    {
        var (left, right) = (start, middle);
        for (var place = start; place < end; place++)
            to[place] = left < middle && (right >= end || order(from[left], from[right]) <= 0) ? from[left++] : from[right++];
    }
}
