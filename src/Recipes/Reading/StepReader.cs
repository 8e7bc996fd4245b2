using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>steps</c>, in order: each step sees those above it.</summary>
internal sealed class StepReader(RecipeFile file, ConditionReader conditions, ValueReader values, LetReader lets, SampleScopes samples)
{
    private static readonly string[] RepeatWords = ["ask", "again"];

    private readonly FindingList _findings = file.Findings;
    private readonly WithReader _with = new(file, values);
    private readonly Dictionary<string, SeenStep> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private bool _inOnError;

    /// <summary>The steps read so far, by id.</summary>
    public IReadOnlyDictionary<string, SeenStep> Seen => _seen;

    public IReadOnlyList<RecipeStep> Read(YamlMap recipe)
    {
        if (recipe.Find("steps") is not { } entry)
        {
            return [];
        }

        if (entry.Value is not YamlList { Items.Count: > 0 } list)
        {
            Scalars.Wrong(entry.Value, "steps", "a list with at least one step: - { id: hello, use: slack.post-message, with: { … } }", _findings);
            return [];
        }

        var all = list.Items.OfType<YamlMap>().Select(step => (step.Find("id")?.Value as YamlScalar)?.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. list.Items.Select(item => Step(item, all)).OfType<RecipeStep>()];
    }

    /// <summary>What is done after the last retry. Its entries see the steps of the run that failed, and <c>error</c>, <c>run</c> and <c>recipe</c>.</summary>
    public IReadOnlyList<ActionStep> ReadOnError(YamlMap recipe)
    {
        if (recipe.Find("on_error") is not { } entry)
        {
            return [];
        }

        if (entry.Value is not YamlList { Items.Count: > 0 } list)
        {
            Scalars.Wrong(entry.Value, "on_error", "a list of actions: - { use: slack.post-message, with: { … } }", _findings);
            return [];
        }

        _inOnError = true;
        var known = new Dictionary<string, LetName>(lets.Names, StringComparer.Ordinal);
        foreach (var (name, value) in Failure.SampleNames)
        {
            samples.Set(name, new Expressions.Constant(value), judged: true);
            known[name] = new LetName(name, entry.Key.Start.Line, NeedsScript: true);
        }

        var actions = new List<ActionStep>();
        foreach (var item in list.Items)
        {
            if (item is not YamlMap map)
            {
                Scalars.Wrong(item, "on_error", "a list of actions, each a map with 'use' and 'with'", _findings);
                continue;
            }

            Keys.OnError.Check(map, map.Start, _findings);
            var sight = new Sight("'on_error'", false, known, null, new Dictionary<string, SeenStep>(_seen));
            actions.Add(Action(map, Id(map) ?? $"on_error_{actions.Count + 1}", sight));
        }

        return actions;
    }

    private RecipeStep? Step(YamlNode node, HashSet<string> all)
    {
        if (node is not YamlMap map)
        {
            Scalars.Wrong(node, "steps", "a list of steps, each a map with 'id' and 'use', or a wait, a stop or a let", _findings);
            return null;
        }

        return map.Find("use") is null && PauseReader.Reads(map)
            ? new PauseReader(file, conditions, values, lets).Read(map, Sight("this step", all))
            : Action(map, all);
    }

    private Sight Sight(string place, HashSet<string> all) =>
        new(place, false, lets.Names, null, new Dictionary<string, SeenStep>(_seen)) { AllSteps = all };

    private ActionStep Action(YamlMap map, HashSet<string> all)
    {
        Keys.Step.Check(map, map.Start, _findings);
        var id = Id(map);
        return Action(map, id, Sight(id is null ? "this step" : $"step '{id}'", all));
    }

    private ActionStep Action(YamlMap map, string? id, Sight sight)
    {
        var forEach = new ForEachReader(file, values, samples);
        var items = forEach.Items(map, sight);
        sight = forEach.Inside(map, sight);
        var (connector, action, shape) = Use(map);
        var connection = Connection(map, connector);
        var lines = map.Find("if") is { } condition ? conditions.Read(condition.Value, sight) : [];
        var inputs = _with.Read(map, shape, map.Find("use")?.Value as YamlScalar, sight);
        var step = new ActionStep(
            id ?? "",
            connector ?? "",
            action ?? "",
            connection,
            lines,
            inputs,
            Scalars.Waits(map, _findings),
            Timeout(map),
            (RepeatChoice)Scalars.Choice(map, "repeat", RepeatWords, _findings),
            Scalars.Boolean(map, "continue_on_error", _findings),
            map.Start.Line)
        {
            Key = Key(map, sight),
            ForEach = items is null ? null : new ForEach(items, forEach.Key(map, sight), map.Find("for_each")!.Key.Start.Line),
        };
        See(map, id, shape, map.Find("for_each") is not null);
        return step;
    }

    private Template? Key(YamlMap map, Sight sight)
    {
        if (map.Find("key") is not { } entry)
        {
            return null;
        }

        if (entry.Value is YamlScalar { IsNull: false, Text.Length: > 0 } scalar)
        {
            return values.Template(scalar, TextKind.Plain, sight);
        }

        Scalars.Wrong(entry.Value, "key", "a name for what the step makes, such as \"live/{{ event.live.id }}\"", _findings);
        return null;
    }

    private string? Id(YamlMap map)
    {
        var id = Scalars.Text(map, "id", _findings);
        if (id is not null && !GivenNames.IsName(id))
        {
            _findings.Error(map.Find("id")!.Value.Start, FindingCodes.BadName, $"'{id}' cannot be the id of a step: later steps read it as steps.{id}. {GivenNames.Allowed}");
            return null;
        }

        return id;
    }

    private void See(YamlMap map, string? id, ActionShape? shape, bool repeats)
    {
        if (id is null)
        {
            return;
        }

        if (_lines.TryGetValue(id, out var first))
        {
            _findings.Error(map.Find("id")!.Value.Start, FindingCodes.DuplicateId, $"step '{id}' is there twice, in line {first} and in line {map.Start.Line}. Give one of them another id.");
            return;
        }

        _lines[id] = map.Start.Line;
        _seen[id] = new SeenStep(id, shape?.Inputs ?? [], repeats ? ForEachReader.Outputs : shape?.Outputs ?? []) { PerItem = repeats, OfNotice = _inOnError };
    }

    private (string? Connector, string? Action, ActionShape? Shape) Use(YamlMap map)
    {
        if (Scalars.Text(map, "use", _findings) is not { } use)
        {
            return default;
        }

        var place = map.Find("use")!.Value.Start;
        var dot = use.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? use : use[..dot];
        if (file.Catalog.Connector(name) is not { } connector)
        {
            _findings.Error(place, FindingCodes.UnknownAction, $"there is no connector '{name}'.{Near(use, name)} There are: {Words.OrNone(file.Catalog.ConnectorNames, "none")}.");
            return default;
        }

        var actions = connector.Actions.Select(candidate => candidate.Name).Order(StringComparer.Ordinal).ToList();
        var word = dot < 0 ? "" : use[(dot + 1)..];
        if (file.Catalog.Action(name, word) is { } action)
        {
            return (name, word, action.Shape);
        }

        var elsewhere = file.Catalog.ConnectorNames.FirstOrDefault(other => file.Catalog.Action(other, word) is not null);
        var found = dot < 0 ? $"'use' names no action of connector '{name}'. Write {name}.{(actions.Count > 0 ? actions[0] : "action")} or another."
            : $"connector '{name}' has no action '{word}'.{(elsewhere is null ? Keys.DidYouMean(word, actions) : $" Did you mean '{elsewhere}.{word}'?")}";
        _findings.Error(place, FindingCodes.UnknownAction, $"{found} It has: {Words.OrNone(actions, "none")}.");
        return (name, null, null);
    }

    /// <summary>An action written without its dot is meant as a whole.</summary>
    private string Near(string use, string name)
    {
        var near = Keys.DidYouMean(name, file.Catalog.ConnectorNames);
        return near.Length > 0 ? near : Keys.DidYouMean(use, file.Catalog.ConnectorNames.SelectMany(other => file.Catalog.Connector(other)!.Actions.Select(action => $"{other}.{action.Name}")));
    }

    private string? Connection(YamlMap map, string? connector)
    {
        var name = Scalars.Text(map, "connection", _findings);
        if (connector is not null && map.Find("use") is { } use)
        {
            new ConnectionCheck(file).Check(map, connector, "this step", use, needed: true);
        }

        return name;
    }

    private TimeSpan? Timeout(YamlMap map)
    {
        var timeout = Scalars.Duration(map, "timeout", _findings);
        if (timeout > TimeSpan.FromMinutes(10))
        {
            _findings.Error(map.Find("timeout")!.Value.Start, FindingCodes.BadDuration, "'timeout' is longer than one attempt may take. Allowed: at most 10m.");
        }

        return timeout;
    }
}
