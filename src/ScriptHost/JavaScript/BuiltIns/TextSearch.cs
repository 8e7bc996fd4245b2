using System.Text;
using ConnectorHub.ScriptHost.JavaScript.Patterns;
using Jint.Native;
using Jint.Native.Function;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>The methods of text that take a regular expression.</summary>
internal static class TextSearch
{
    public static readonly Method[] Prototype =
    [
        new("match", 1, Match),
        new("matchAll", 1, MatchAll),
        new("replace", 2, (world, self, a) => Replace(world, self, a, all: false)),
        new("replaceAll", 2, (world, self, a) => Replace(world, self, a, all: true)),
        new("search", 1, Search),
        new("split", 2, Split),
    ];

    private static JsValue Match(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "match");
        var expression = Expressions.Of(world, a.At(0), "");
        if (!expression.Pattern.Flags.Global)
            return Expressions.Result(world, expression, text);
        var found = All(world, expression, text).Select(places => (JsValue)text[places[0]..places[1]]).ToList();
        return found.Count == 0 ? JsValue.Null : world.List(found);
    }

    private static JsValue MatchAll(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "matchAll");
        var expression = Expressions.Of(world, a.At(0), "g");
        if (!expression.Pattern.Flags.Global)
            throw world.TypeError("matchAll needs a regular expression with the g flag");
        var copy = new Expression(world, expression.Pattern, world.ExpressionPrototype) { Next = expression.Next };
        return world.Walk(Matches(world, copy, text).Select(places => Expressions.Result(world, copy.Pattern, text, places)));
    }

    // From the start; leaves lastIndex at 0, as the standard does.
    private static IEnumerable<int[]> All(World world, Expression expression, string text)
    {
        expression.Next = 0;
        return Matches(world, expression, text);
    }

    private static IEnumerable<int[]> Matches(World world, Expression expression, string text)
    {
        while (Expressions.Exec(world, expression, text) is { } places)
        {
            if (places[0] == places[1])
                expression.Next = After(expression.Pattern, text, places[1]);
            yield return places;
        }
    }

    private static int After(Pattern pattern, string text, int place) =>
        pattern.Flags.Unicode && place + 1 < text.Length && char.IsSurrogatePair(text[place], text[place + 1]) ? place + 2 : place + 1;

    private static JsValue Search(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "search");
        var pattern = Expressions.Of(world, a.At(0), "").Pattern;
        return Expressions.Find(world, pattern, text, 0, pattern.Flags.Sticky) is { } places ? places[0] : -1;
    }

    private static JsValue Replace(World world, JsValue self, JsValue[] a, bool all)
    {
        var text = world.ToText(self, all ? "replaceAll" : "replace");
        var expression = Expressions.Of(a.At(0));
        if (all && expression is { Pattern.Flags.Global: false })
            throw world.TypeError("replaceAll needs a regular expression with the g flag");
        var sought = expression is null ? Js.Text(a.At(0)) : "";
        var replacer = Js.IsFunction(a.At(1)) ? (FunctionInstance)a[1].AsObject() : null;
        var template = replacer is null ? Js.Text(a.At(1)) : "";
        var places = expression is null ? Places(text, sought, all)
            : expression.Pattern.Flags.Global ? All(world, expression, text).ToList()
            : Expressions.Exec(world, expression, text) is { } only ? [only] : [];
        var result = new StringBuilder();
        var done = 0;
        foreach (var match in places)
        {
            result.Append(text, done, match[0] - done);
            if (replacer is not null)
                result.Append(Called(world, replacer, expression?.Pattern, text, match));
            else
                Fill(result, template, expression?.Pattern, text, match);
            done = match[1];
            if (result.Length > 16 * 1024 * 1024)
                throw TextMethods.TooLong(world);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    private static List<int[]> Places(string text, string sought, bool all)
    {
        var places = new List<int[]>();
        for (var at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0;)
        {
            places.Add([at, at + sought.Length]);
            var next = at + Math.Max(1, sought.Length);
            at = all && next <= text.Length ? text.IndexOf(sought, next, StringComparison.Ordinal) : -1;
        }

        return places;
    }

    private static string Called(World world, FunctionInstance replacer, Pattern? pattern, string text, int[] places)
    {
        var arguments = Enumerable.Range(0, places.Length / 2).Select(group => Expressions.Group(text, places, group)).ToList();
        arguments.Add(places[0]);
        arguments.Add(text);
        if (pattern is { GroupNames.Count: > 0 })
            arguments.Add(Expressions.Groups(world, pattern, text, places));
        return Js.Text(replacer.Call(JsValue.Undefined, [.. arguments]));
    }

    // $$ $& $` $' $1 $12 $<name>; what means nothing stands for itself.
    private static void Fill(StringBuilder result, string template, Pattern? pattern, string text, int[] places)
    {
        for (var i = 0; i < template.Length; i++)
        {
            var dollar = template[i] == '$' && i + 1 < template.Length ? template[i + 1] : '\0';
            switch (dollar)
            {
                case '$':
                    result.Append('$');
                    i++;
                    break;
                case '&':
                    result.Append(text, places[0], places[1] - places[0]);
                    i++;
                    break;
                case '`':
                    result.Append(text, 0, places[0]);
                    i++;
                    break;
                case '\'':
                    result.Append(text, places[1], text.Length - places[1]);
                    i++;
                    break;
                case '<' when pattern is { GroupNames.Count: > 0 } && template.IndexOf('>', i + 2) is var end and > 0:
                    if (pattern.GroupNames.Contains(template[(i + 2)..end]))
                        Append(result, text, places, pattern.Group(template[(i + 2)..end]));
                    i = end;
                    break;
                case >= '0' and <= '9' when GroupAt(template, i + 1, (places.Length / 2) - 1) is { Number: > 0 } group:
                    Append(result, text, places, group.Number);
                    i += group.Length;
                    break;
                default:
                    result.Append(template[i]);
                    break;
            }
        }
    }

    private static (int Number, int Length) GroupAt(string template, int at, int groups)
    {
        var one = template[at] - '0';
        var two = at + 1 < template.Length && char.IsAsciiDigit(template[at + 1]) ? (one * 10) + template[at + 1] - '0' : 0;
        return two >= 1 && two <= groups ? (two, 2) : one <= groups ? (one, 1) : (0, 0);
    }

    private static void Append(StringBuilder result, string text, int[] places, int group)
    {
        if (places[2 * group] >= 0 && places[(2 * group) + 1] >= 0)
            result.Append(text, places[2 * group], places[(2 * group) + 1] - places[2 * group]);
    }

    private static JsValue Split(World world, JsValue self, JsValue[] a)
    {
        var text = world.ToText(self, "split");
        var limit = a.At(1).IsUndefined() ? uint.MaxValue : (uint)Js.Int32(a[1]);
        var expression = Expressions.Of(a.At(0));
        var separator = expression is null ? Js.Text(a.At(0)) : "";
        if (limit == 0)
            return world.List([]);
        if (a.At(0).IsUndefined())
            return world.List([text]);
        var parts = expression is not null ? ByPattern(world, text, expression.Pattern)
            : separator.Length == 0 ? text.Select(letter => (JsValue)letter.ToString())
            : text.Split(separator).Select(part => (JsValue)part);
        return world.List(limit > int.MaxValue ? parts : parts.Take((int)limit));
    }

    private static IEnumerable<JsValue> ByPattern(World world, string text, Pattern pattern)
    {
        if (text.Length == 0)
        {
            if (Expressions.Find(world, pattern, text, 0, sticky: true) is null)
                yield return text;
            yield break;
        }

        var (done, from) = (0, 0);
        while (from < text.Length && Expressions.Find(world, pattern, text, from, sticky: false) is { } places && places[0] < text.Length)
        {
            if (places[1] == done)
            {
                from = After(pattern, text, Math.Max(from, places[0]));
                continue;
            }

            yield return text[done..places[0]];
            for (var group = 1; group < places.Length / 2; group++)
                yield return Expressions.Group(text, places, group);
            // The places are the matcher's own; a new search makes new ones.
            from = done = places[1];
            if (places[0] == places[1])
                from = After(pattern, text, from);
        }

        yield return text[done..];
    }
}
