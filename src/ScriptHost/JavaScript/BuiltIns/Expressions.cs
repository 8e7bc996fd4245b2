using ConnectorHub.ScriptHost.JavaScript.Patterns;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.RegExp;
using Jint.Runtime.Descriptors;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>A RegExp of a script.</summary>
internal sealed class Expression : RegExpInstance
{
    private const string LastIndex = "lastIndex";

    public Expression(World world, Pattern pattern, ObjectInstance prototype)
        : base(world.Engine)
    {
        (Pattern, Prototype, Extensible) = (pattern, prototype, true);
        FastAddProperty(LastIndex, 0, true, false, false);
    }

    public Pattern Pattern { get; }

    /// <summary>Where the next search begins.</summary>
    public JsValue Next
    {
        get => Get(LastIndex);
        set => Put(LastIndex, value, true);
    }

    public override string ToString() => $"/{Escaped()}/{Pattern.Flags}";

    /// <summary>Its text as it would stand between slashes.</summary>
    public string Escaped()
    {
        if (Pattern.Source.Length == 0)
            return "(?:)";
        var text = new System.Text.StringBuilder();
        var inClass = false;
        for (var i = 0; i < Pattern.Source.Length; i++)
        {
            var letter = Pattern.Source[i];
            if (letter == '\\' && i + 1 < Pattern.Source.Length)
            {
                text.Append(letter).Append(Pattern.Source[++i]);
                continue;
            }

            inClass = (inClass || letter == '[') && letter != ']';
            text.Append(letter switch { '/' when !inClass => "\\/", '\n' => "\\n", '\r' => "\\r", '\u2028' => "\\u2028", '\u2029' => "\\u2029", _ => letter.ToString() });
        }

        return text.ToString();
    }
}

/// <summary>RegExp, and what makes one of a literal.</summary>
internal static class Expressions
{
    private static readonly Method[] Prototype =
    [
        new("exec", 1, (world, self, a) => Result(world, This(world, self, "exec"), Js.Text(a.At(0)))),
        new("test", 1, (world, self, a) => Exec(world, This(world, self, "test"), Js.Text(a.At(0))) is not null),
        new("toString", 0, (world, self, _) => This(world, self, "toString").ToString()),
    ];

    private static readonly (string Name, Func<Expression, JsValue> Get)[] Getters =
    [
        ("source", self => self.Escaped()),
        ("flags", self => self.Pattern.Flags.ToString()),
        ("global", self => self.Pattern.Flags.Global),
        ("ignoreCase", self => self.Pattern.Flags.IgnoreCase),
        ("multiline", self => self.Pattern.Flags.Multiline),
        ("dotAll", self => self.Pattern.Flags.DotAll),
        ("unicode", self => self.Pattern.Flags.Unicode),
        ("sticky", self => self.Pattern.Flags.Sticky),
        ("hasIndices", _ => false),
    ];

    public static HostConstructor Constructor(World world)
    {
        var prototype = world.Object();
        world.Add(prototype, Prototype);
        foreach (var (name, get) in Getters)
            world.AddGetter(prototype, name, (_, self, _) => get(This(world, self, name)));
        return new HostConstructor(world, "RegExp", 2, prototype, a => Make(world, a), a => a.At(0).IsRegExp() && a.At(1).IsUndefined() ? a[0] : Make(world, a));
    }

    /// <summary>What a literal such as <c>/a+/g</c> makes each time it is reached.</summary>
    public static JsValue Literal(World world, string literal)
    {
        var end = literal.LastIndexOf('/');
        return Make(world, literal[1..end], literal[(end + 1)..]);
    }

    /// <summary>The places of the next match, or null; moves <c>lastIndex</c> where the flags say so.</summary>
    public static int[]? Exec(World world, Expression expression, string text)
    {
        var flags = expression.Pattern.Flags;
        var isMoving = flags.Global || flags.Sticky;
        var from = Math.Clamp(Js.Integer(expression.Next), 0, Js.MaxSafe);
        var found = isMoving && from > text.Length ? null : Find(world, expression.Pattern, text, isMoving ? (int)from : 0, flags.Sticky);
        if (isMoving)
            expression.Next = found is null ? 0 : found[1];
        return found;
    }

    public static int[]? Find(World world, Pattern pattern, string text, int from, bool sticky)
    {
        try
        {
            return PatternMatcher.Find(pattern, text, from, sticky);
        }
        catch (PatternTooSlowException)
        {
            throw World.Error(world.Engine.Error, "A regular expression took too long. Look for repeats inside repeats, such as (a+)+, or search a shorter text.");
        }
    }

    public static JsValue Result(World world, Expression expression, string text) =>
        Exec(world, expression, text) is { } places ? Result(world, expression.Pattern, text, places) : JsValue.Null;

    public static JsValue Result(World world, Pattern pattern, string text, int[] places)
    {
        var result = world.List(Enumerable.Range(0, pattern.Groups + 1).Select(group => Group(text, places, group)));
        result.FastAddProperty("index", places[0], true, true, true);
        result.FastAddProperty("input", text, true, true, true);
        result.FastAddProperty("groups", Groups(world, pattern, text, places), true, true, true);
        return result;
    }

    public static JsValue Group(string text, int[] places, int group)
    {
        var (begin, end) = (places[2 * group], places[(2 * group) + 1]);
        return begin < 0 || end < 0 ? JsValue.Undefined : text[begin..end];
    }

    /// <summary>The named groups, or undefined where there are none.</summary>
    public static JsValue Groups(World world, Pattern pattern, string text, int[] places)
    {
        if (pattern.GroupNames.Count == 0)
            return JsValue.Undefined;
        var groups = world.Object();
        groups.Prototype = null;
        foreach (var name in pattern.GroupNames)
            groups.FastSetProperty(name, new PropertyDescriptor(Group(text, places, pattern.Group(name)), true, true, true));
        return groups;
    }

    public static Expression? Of(JsValue value) => value.IsObject() ? value.AsObject() as Expression : null;

    /// <summary>A RegExp of what is one, or of a text that describes one.</summary>
    public static Expression Of(World world, JsValue value, string flags) =>
        Of(value) ?? Make(world, value.IsUndefined() ? "" : Js.Text(value), flags);

    private static Expression Make(World world, JsValue[] a)
    {
        var given = Of(a.At(0));
        var source = given is not null ? given.Pattern.Source : a.At(0).IsUndefined() ? "" : Js.Text(a.At(0));
        var flags = a.At(1).IsUndefined() ? given?.Pattern.Flags.ToString() ?? "" : Js.Text(a.At(1));
        return Make(world, source, flags);
    }

    private static Expression Make(World world, string source, string flags)
    {
        try
        {
            return new Expression(world, Pattern.Of(source, flags), world.ExpressionPrototype);
        }
        catch (PatternException fault)
        {
            throw world.SyntaxError($"the regular expression /{(source.Length <= 60 ? source : source[..60] + "…")}/ cannot be read: {fault.Message}");
        }
    }

    private static Expression This(World world, JsValue self, string method) =>
        Of(self) ?? throw world.TypeError($"{method} is called on {Js.Show(self)}, which is not a regular expression");
}

internal sealed partial class World
{
    private HostConstructor? _expressions;

    public HostConstructor ExpressionConstructor => _expressions ??= Expressions.Constructor(this);

    public ObjectInstance ExpressionPrototype => ExpressionConstructor.Get("prototype").AsObject();
}
