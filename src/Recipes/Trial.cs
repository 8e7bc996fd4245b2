using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Reading;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>One value on the way to the result.</summary>
/// <param name="Text">What made it, as it was written: a path, <c>| filter(…)</c>, <c>?? …</c>.</param>
/// <param name="Problem">Why there is none; null where there is.</param>
public sealed record TrialStep(string Text, Value Value, string? Problem);

/// <summary>What trying a piece of a recipe on an event came to. Closed.</summary>
public abstract record Trial
{
    private Trial()
    {
    }

    /// <summary>It cannot be read. Offsets of the problems count in <paramref name="Text"/>.</summary>
    public sealed record Unreadable(string Text, IReadOnlyList<SyntaxProblem> Problems) : Trial;

    /// <summary>A value.</summary>
    /// <param name="Notes">What was not found, with the nearest name there is.</param>
    /// <param name="Problem">Why there is no value; null where there is one.</param>
    public sealed record Made(IReadOnlyList<TrialStep> Steps, Value Value, string? Problem, IReadOnlyList<string> Notes) : Trial;

    /// <summary>A condition's answer.</summary>
    /// <param name="Steps">How its left side came about.</param>
    /// <param name="Notes">What was not found, with the nearest name there is.</param>
    public sealed record Asked(IReadOnlyList<TrialStep> Steps, ConditionAnswer Answer, IReadOnlyList<string> Notes) : Trial;

    /// <summary>Tries a text with <c>{{ }}</c>, a path with filters without them, or a line of <c>if</c>.</summary>
    /// <param name="scope">event, meta, shared.</param>
    /// <param name="now">When the event was received.</param>
    public static Trial Of(string text, Scope scope, DateTimeZone? zone, DateTimeOffset now) => new Attempt(scope, zone, Instant.FromDateTimeOffset(now)).Read(text.Trim());

    private sealed class Attempt(Scope scope, DateTimeZone? zone, Instant now)
    {
        private readonly List<TrialStep> _steps = [];

        public Trial Read(string text)
        {
            if (text.Contains("{{", StringComparison.Ordinal))
            {
                var template = Template.Parse(text, TextKind.Plain);
                return template.Template is null ? new Unreadable(text, template.Problems) : Make(template.Template);
            }

            var condition = ConditionParser.Parse(text);
            if (condition.Condition is { } sentence)
            {
                return Ask(sentence);
            }

            var bare = $"{{{{ {text} }}}}";
            var value = Template.Parse(bare, TextKind.Plain);
            return value.Template is not null ? Make(value.Template)
                // A path that reads well but is followed by a word was meant as a condition.
                : LeftSide.Read(text, out _) is not null ? new Unreadable(text, condition.Problems)
                : new Unreadable(bare, value.Problems);
        }

        private Made Make(Template template)
        {
            var frame = new Frame(scope, new FilterContext(zone));
            foreach (var placeholder in template.Parts.OfType<TemplatePart.Placeholder>())
            {
                Trace(placeholder.Node, "", frame);
            }

            var made = template.EvaluateNow(scope, zone);
            return new Made(_steps, made.Value, made.Failure?.Message, Notes(template.Paths));
        }

        private Asked Ask(Condition sentence)
        {
            if (sentence is Comparison comparison)
            {
                Trace(comparison.Subject, "", new Frame(scope, new FilterContext(zone)));
            }

            return new Asked(_steps, sentence.Explain(new ConditionContext(scope, zone, now)), Notes(sentence.Paths));
        }

        // True where what follows has something to work on.
        private bool Trace(Node node, string before, in Frame frame)
        {
            switch (node)
            {
                case FilterNode filter:
                    return Trace(filter.Input, before, frame) && Add($"| {filter.Source}", filter, frame);
                case ChoiceNode choice:
                    if (!Trace(choice.Left, before, frame))
                    {
                        return false;
                    }

                    return !_steps[^1].Value.IsMissingOrNull || Trace(choice.Right, "?? ", frame);
                case PathNode path:
                    return Add(before + path.Path.Text, node, frame);
                case LiteralNode literal:
                    return Add($"{before}{Written(literal.Value)}", node, frame);
                default:
                    return true;
            }
        }

        private bool Add(string text, Node node, in Frame frame)
        {
            var result = node.Evaluate(frame);
            _steps.Add(new TrialStep(text, result.Value, result.Failure?.Message));
            return result.Failure is null;
        }

        private static string Written(Value literal) =>
            literal.Kind == ValueKind.Text ? $"'{literal.ToText().Replace("'", "''", StringComparison.Ordinal)}'"
            : literal.Kind == ValueKind.Null ? "null"
            : literal.ToText();

        private List<string> Notes(IEnumerable<PathUse> uses)
        {
            var notes = new List<string>();
            foreach (var use in uses)
            {
                if (Note(use) is { } note && !notes.Contains(note))
                {
                    notes.Add(note);
                }
            }

            return notes;
        }

        private string? Note(PathUse use)
        {
            var root = scope[use.Path.Root];
            if (root.Kind == ValueKind.Missing)
            {
                var known = scope.Names.Where(name => name.Value.Kind != ValueKind.Missing).Select(name => name.Key).ToList();
                var near = Nearest.Of(use.Path.Root, known) is { } meant ? $" Did you mean '{meant}'?" : "";
                return $"'{use.Path.Root}' is not known here.{near} Known: {Words.OrNone(known, "nothing")}. Values of 'let' and of steps exist only in a run.";
            }

            return PathWalker.Follow(use.Path, root) is { } gap ? $"'{gap.Text}' is not in this event.{gap.Hint}" : null;
        }
    }
}
