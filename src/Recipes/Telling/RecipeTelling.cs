using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.HubEvents;

namespace ConnectorHub.Recipes.Telling;

/// <summary>Says in plain sentences what a recipe does. The one place that words it.</summary>
public sealed class RecipeTelling
{
    private readonly Recipe _recipe;
    private readonly IReadOnlyList<IConnector> _connectors;
    private readonly List<string> _lines = [];

    private RecipeTelling(Recipe recipe, IReadOnlyList<IConnector> connectors)
    {
        _recipe = recipe;
        _connectors = connectors;
    }

    /// <summary>All of it, line by line.</summary>
    public static IReadOnlyList<string> InFull(Recipe recipe, IReadOnlyList<IConnector> connectors) => new RecipeTelling(recipe, connectors).Tell();

    /// <summary>One sentence, for a list of recipes.</summary>
    public static string InShort(Recipe recipe, IReadOnlyList<IConnector> connectors)
    {
        var telling = new RecipeTelling(recipe, connectors);
        var clock = recipe.When as ScheduleTrigger;
        var only = recipe.If.Count == 0 ? "" : $" {(clock is null ? "and" : "and only if")} {Phrases.Conditions(recipe.If)}";
        var does = recipe.Steps.Select(telling.Does).Where(text => text.Length > 0).ToList();
        return $"{(clock is null ? $"When {telling.Trigger()}" : ScheduleWords.Opening(clock.Schedule))}{only}, it {Phrases.And(does)}.";
    }

    private List<string> Tell()
    {
        Say($"\"{_recipe.Name}\"{(_recipe.Owner.Length > 0 ? $", looked after by {_recipe.Owner}" : "")}.");
        if (_recipe.About.Length > 0)
        {
            Say(_recipe.About);
        }

        Mode();
        _lines.Add("");
        Start();
        Lets(_recipe.Let, "First it computes");
        _lines.Add("");
        foreach (var step in _recipe.Steps)
        {
            Step(step);
        }

        _lines.Add("");
        Failure();
        Tests();
        return _lines;
    }

    private void Mode()
    {
        if (_recipe.Mode == RecipeMode.Off)
        {
            Say("It is off: no event starts it.");
        }
        else if (_recipe.Mode == RecipeMode.Rehearse)
        {
            Say("It rehearses: every request is made up and shown, and none is sent.");
        }
    }

    private void Start()
    {
        Say(_recipe.When is ScheduleTrigger clock ? ScheduleWords.Told(clock.Schedule) : $"It waits until {Trigger()}.");
        if (_recipe.If.Count == 1)
        {
            Say($"It goes on only if {Phrases.Conditions(_recipe.If)}.");
        }
        else if (_recipe.If.Count > 1)
        {
            Say("It goes on only if all of this is true:");
            _lines.AddRange(_recipe.If.Select(line => $"  - {Phrases.Condition(line.Node, alone: true)}"));
        }

        if (_recipe.OncePer is { } once)
        {
            var span = once.Within is { } within ? $" within {Phrases.Span(within)}" : "";
            Say($"It does its work once per {Phrases.Quoted(once.Key.Text)}{span}: an event with the same value does nothing more, unless the first one failed for good.");
        }

        if (_recipe.OrderBy is { } order)
        {
            var strict = order.Strict ? " One that has failed for good holds up those behind it." : "";
            Say($"Runs with the same {Phrases.Quoted(order.Key.Text)} go one after the other, in the order their events came.{strict}");
        }

        if (_recipe.TooLateAfter is { } late)
        {
            Say($"An event that came more than {Phrases.Span(late)} ago is too late: nothing is sent for it any more.");
        }
    }

    private string Trigger()
    {
        var when = _recipe.When;
        var owner = HubConnector.With(_connectors).FirstOrDefault(connector => connector.Sources.Any(source => source.Name == when.Source));
        var connection = when.Connection is null ? "" : $" on the connection {when.Connection}";
        return $"{owner?.Manifest.DisplayName ?? when.Source} sends {Phrases.Or(when.Events)}{connection}";
    }

    private void Lets(IReadOnlyList<LetBinding> bindings, string opening)
    {
        if (bindings.Count == 0)
        {
            return;
        }

        Say($"{opening}:");
        foreach (var binding in bindings)
        {
            var value = Phrases.Value(binding.Value);
            _lines.Add(binding.Recalls
                ? $"  - {binding.Name}: what a step with the key {value} returned in an earlier run of any recipe, if there was one"
                : $"  - {binding.Name}: {value}");
        }
    }

    private void Step(RecipeStep step)
    {
        var only = step.If.Count == 0 ? "" : $", only if {Phrases.Conditions(step.If)}";
        switch (step)
        {
            case ActionStep action:
                Step(action);
                break;
            case LetStep let:
                Lets(let.Bindings, $"Then{only}{(only.Length > 0 ? "," : "")} it computes");
                break;
            case WaitStep wait:
                Say($"Then{only}{(only.Length > 0 ? "," : "")} it {Pause(wait)}; the wait survives a restart.");
                break;
            case StopStep stop:
                Say($"{(step.If.Count == 0 ? "Then it" : $"If {Phrases.Conditions(step.If)}, it")} stops here, as done: {stop.Reason.Text}");
                break;
            default:
                throw new InvalidOperationException($"{step.GetType().Name} is no step.");
        }
    }

    private static string Pause(WaitStep wait) =>
        wait.Until is { } hour ? $"waits until it is {hour.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)}" : $"waits {Phrases.Span(wait.Longest)}";

    private void Step(ActionStep step)
    {
        var only = step.If.Count == 0 ? "" : $", only if {Phrases.Conditions(step.If)},";
        var connection = step.Connection is null ? "" : $" on the connection {step.Connection}";
        var fields = Fields("", step.With).ToList();
        Say($"In step {step.Id}{only} it {Does(step)} ({step.Connector}.{step.Action}{connection}){(fields.Count == 0 ? "." : ", with:")}");
        _lines.AddRange(fields.Select(field => $"  - {field}"));
        StepNotes(step);
    }

    private void StepNotes(ActionStep step)
    {
        if (step.ForEach is { } each)
        {
            var same = each.Key is { } told ? $" Items with the same {Phrases.Quoted(told.Text)} are one." : "";
            _lines.Add($"  It does so for each item of {Phrases.Quoted(each.Items.Text)}, one after the other; one that fails holds up none of the others.{same}");
        }

        if (step.Key is { } key)
        {
            _lines.Add($"  What it makes is remembered as {Phrases.Quoted(key.Text)}; where that was made before, it is used again and not made twice.");
        }

        if (step.Timeout is { } timeout)
        {
            _lines.Add($"  One try may take {Phrases.Span(timeout)}.");
        }

        if (step.Retry is { } retry)
        {
            _lines.Add($"  What fails for the moment {Phrases.Waits(retry)}.");
        }

        if (step.Repeat == RepeatChoice.Again)
        {
            _lines.Add("  Where nobody can tell whether it arrived, it is sent again.");
        }

        if (step.ContinueOnError)
        {
            _lines.Add("  If it fails for good, the run goes on without it.");
        }
    }

    /// <summary>What an entry of <c>steps</c> does, in a few words; empty where that is of no interest in a list.</summary>
    private string Does(RecipeStep step) => step switch
    {
        ActionStep action => Does(action),
        WaitStep wait => Pause(wait),
        _ => "",
    };

    /// <summary>What a step does, without its inputs.</summary>
    private string Does(ActionStep step)
    {
        var connector = _connectors.FirstOrDefault(one => one.Manifest.Name == step.Connector);
        var action = connector?.Actions.FirstOrDefault(one => one.Name == step.Action);
        return action is null ? $"uses {step.Connector}.{step.Action}" : Phrases.Clause(action.About);
    }

    // A map is told member by member: properties.firstname.
    private static IEnumerable<string> Fields(string prefix, MapExpression map) => map.Members.SelectMany(member => member.Value is MapExpression inner
        ? Fields($"{prefix}{member.Key}.", inner)
        : [$"{prefix}{member.Key}: {Phrases.Value(member.Value)}"]);

    private void Failure()
    {
        var tries = _recipe.Retry is { } retry ? Phrases.Waits(retry) : "is tried again on the hub's own schedule";
        Say($"What fails for the moment {tries}. After the last try the run is kept as a dead letter until a person looks at it.");
        if (_recipe.OnError.Count > 0)
        {
            Say("Then, at most once in ten minutes for the same failure, it tells of it:");
            foreach (var step in _recipe.OnError)
            {
                Step(step);
            }
        }
    }

    private void Tests() => Say(_recipe.Tests.Count switch
    {
        0 => "It carries no test.",
        1 => $"It carries a test: {_recipe.Tests[0].Name}.",
        _ => $"It carries {_recipe.Tests.Count} tests: {string.Join("; ", _recipe.Tests.Select(test => test.Name))}.",
    });

    private void Say(string sentence) => _lines.Add(sentence);
}
