using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>Decides like <see cref="Matching"/>, and says why at each line.</summary>
internal sealed class MatchExplainer(Recipe recipe, Scope scope, Instant now)
{
    private const string Yes = "yes";
    private const string No = "no";
    private const string Open = "–";

    private readonly List<ExplanationLine> _lines = [];
    private MatchValues _values = new(recipe, scope);
    private string? _why;

    public MatchExplanation Explain()
    {
        When();
        var context = new ConditionContext(_values.Scope, recipe.Zone, now);
        for (var i = 0; i < recipe.If.Count; i++)
        {
            if (_why is null && _values.Need(recipe.Plan.ForIf[i]) is { } problem)
            {
                _why = problem.Detail;
            }

            Condition(recipe.If[i], context);
        }

        Key("once_per", recipe.OncePer?.Key, recipe.OncePer?.Line ?? 0, recipe.Plan.ForOncePer, "is not held to it");
        Key("order_by", recipe.OrderBy?.Key, recipe.OrderBy?.Line ?? 0, recipe.Plan.ForOrderBy, "waits for no other");
        return new MatchExplanation(_why is null, _lines, _why is null ? "Matches: a run is opened." : $"Skipped: nothing was sent. {_why}");
    }

    private void When()
    {
        var wanted = recipe.When.Words;
        var (source, type) = (scope["meta"].Member("source").ToText(), scope["meta"].Member("type").ToText());
        var hook = scope["meta"].Member("hook").ToText();
        // A test has no hook of its own.
        var own = recipe.When is EventTrigger || hook == ScheduleTrigger.ConnectionOf(recipe.Id) || hook == ScheduleTrigger.SourceName;
        var fits = own && source == recipe.When.Source && recipe.When.Events.Contains(type);
        _lines.Add(new ExplanationLine(fits ? Yes : No, "when", wanted, fits ? "" : own ? $"the event is {source} / {type}" : $"the event is of {hook}", recipe.When.Line));
        if (!fits)
        {
            _why = $"It wants {wanted}.";
        }
        else if (recipe.Mode == RecipeMode.Off)
        {
            _why = "The recipe is off: mode: active would open runs.";
        }
    }

    private void Condition(ConditionLine line, ConditionContext context)
    {
        if (_why is not null)
        {
            _lines.Add(new ExplanationLine(Open, line.Label, line.Node.Words, "not evaluated", line.Line));
            return;
        }

        var holds = Matching.Holds(line, context, out _);
        var (note, hint) = Words(line, context);
        _lines.Add(new ExplanationLine(holds ? Yes : No, line.Label, line.Node.Words, note, line.Line));
        if (!holds)
        {
            _why = hint;
        }
    }

    private static (string Note, string Hint) Words(ConditionLine line, ConditionContext context)
    {
        switch (line.Node)
        {
            case ConditionNode.Sentence sentence:
                var answer = sentence.Condition.Explain(context);
                return (answer.Found, answer.WouldMatch);
            case ConditionNode.All all:
                Matching.Holds(all.Lines, context, out var failed);
                return failed is null ? ("all of them hold", "") : Words(failed, context);
            case ConditionNode.Any any:
                var holding = any.Lines.FirstOrDefault(one => Matching.Holds(one, context, out _));
                return holding is not null
                    ? Words(holding, context)
                    : (string.Join("; ", any.Lines.Select(one => Words(one, context).Note)), "It would match if one of these lines held.");
            case ConditionNode.Not not:
                return (Words(not.Line, context).Note, $"It would match if this did not hold: {not.Line.Node.Words}.");
            default:
                return ("", "");
        }
    }

    private void Key(string label, Template? template, int line, int needed, string without)
    {
        if (template is null)
        {
            return;
        }

        if (_why is null && _values.Need(needed) is { } problem)
        {
            _why = problem.Detail;
        }

        var key = _why is null ? EventKey.Of(template, _values.Scope, recipe.Zone) : default;
        _why ??= key.Failure;
        var (answer, note) = (_why, key.Text) switch
        {
            (not null, _) => (Open, key.Failure ?? "not evaluated"),
            (_, null) => (Yes, $"nothing was found for it, so this event {without}"),
            _ => (Yes, $"the value is \"{key.Text}\""),
        };
        _lines.Add(new ExplanationLine(answer, label, template.Text, note, line));
    }
}
