using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>What reading a template came to: the template, or all its problems.</summary>
public sealed record TemplateParse(Template? Template, IReadOnlyList<SyntaxProblem> Problems);

/// <summary>
/// A text with <c>{{ }}</c> in it. One whole placeholder keeps the type of its value, mixed text becomes text. Each value is escaped
/// for the field it lands in unless <c>| raw</c> is said; the text around it is the admin's own and is not.
/// </summary>
public sealed class Template : Expression
{
    private readonly IReadOnlyList<TemplatePart> _parts;
    private readonly TemplatePart.Placeholder? _only;

    internal Template(string text, TextKind kind, IReadOnlyList<TemplatePart> parts)
    {
        Text = text;
        Kind = kind;
        _parts = parts;
        _only = parts is [TemplatePart.Placeholder only] ? only : null;
        Paths = [.. parts.OfType<TemplatePart.Placeholder>().SelectMany(placeholder => placeholder.Paths)];
        UsesRaw = parts.Any(part => part is TemplatePart.Placeholder { IsRaw: true });
        NeedsZone = parts.Any(part => part is TemplatePart.Placeholder { NeedsZone: true });
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Where its values land.</summary>
    public TextKind Kind { get; }

    /// <summary>True where it is one placeholder and nothing else.</summary>
    public bool IsOnePlaceholder => _only is not null;

    /// <summary>True where a value is placed without escaping.</summary>
    public bool UsesRaw { get; }

    /// <summary>True where a date is read or written and no <c>in_zone</c> stands before it in the placeholder.</summary>
    public bool NeedsZone { get; }

    /// <inheritdoc/>
    public override IEnumerable<PathUse> Paths { get; }

    /// <summary>Its words and its placeholders, in order.</summary>
    internal IReadOnlyList<TemplatePart> Parts => _parts;

    internal override bool LeftOutWhenNothing => IsOnePlaceholder;

    /// <summary>Reads a text.</summary>
    public static TemplateParse Parse(string text, TextKind kind) => new TemplateReader(text).Read(kind);

    /// <summary>Makes the value.</summary>
    public Evaluated Evaluate(Scope scope, DateTimeZone? zone, List<string>? warnings) => EvaluateNow(scope, zone, warnings);

    /// <inheritdoc/>
    public override Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null)
    {
        var frame = new Frame(scope, new FilterContext(zone) { Doubts = scope.Doubts });
        if (_only is not null)
        {
            var whole = _only.Evaluate(frame);
            return whole.Failure is null && _only.IsEscaped(Kind) ? TextEscape.Escape(Kind, whole.Value) : whole;
        }

        var length = 0L;
        var pieces = new string[_parts.Count];
        for (var at = 0; at < pieces.Length; at++)
        {
            if (_parts[at] is not TemplatePart.Placeholder placeholder)
            {
                pieces[at] = ((TemplatePart.Literal)_parts[at]).Text;
                continue;
            }

            var placed = placeholder.Evaluate(frame);
            if (placed.Failure is not null)
            {
                return placed;
            }

            if (placed.Value.IsMissingOrNull)
            {
                warnings?.Add(placeholder.Warning(placed.Value));
            }

            var piece = placed.Value.ToText();
            pieces[at] = placeholder.IsEscaped(Kind) ? TextEscape.Escape(Kind, piece) : piece;
            length += pieces[at].Length;
            if (length > Value.GreatestWeight)
            {
                return EvaluationFailure.Heavy;
            }
        }

        return Value.Text(string.Concat(pieces));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
