using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads a whole recipe file, key by key, and says everything that is wrong with it.</summary>
internal sealed class RecipeReader
{
    private static readonly string[] ModeWords = ["active", "rehearse", "off"];

    private readonly RecipeFile _file;
    private readonly FindingList _findings;
    private readonly SampleScopes _samples = new();
    private readonly PathCheck _paths;
    private readonly ValueReader _values;
    private readonly KnownFacts _facts;
    private readonly GapCheck _gaps;
    private readonly ConditionReader _conditions;

    public RecipeReader(RecipeFile file)
    {
        _file = file;
        _findings = file.Findings;
        _paths = new PathCheck(file, _samples);
        var trial = new SampleTrial(file, _samples);
        _facts = new KnownFacts(_findings);
        _gaps = new GapCheck(file, _samples, _facts);
        _values = new ValueReader(file, _paths, trial, _gaps);
        _conditions = new ConditionReader(file, _paths, trial, _facts);
        _values.Conditions = _conditions;
    }

    /// <summary>Which events the file wants, even where the rest of it is broken; null where that cannot be read.</summary>
    public Trigger? When { get; private set; }

    /// <summary>The recipe; null where the file is no map of keys at all. It is of use only where there was no error.</summary>
    public Recipe? Read(string id, string text, string hash)
    {
        SecretText.Find(_file.Source, _findings);
        if (YamlReader.Read(_file.Source, _findings) is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            _findings.Error(root.Start, FindingCodes.WrongType, $"the file is {root.Words}. A recipe is a map of keys and begins with 'version: 1'.");
            return null;
        }

        Keys.Recipe.Check(map, map.Start, _findings);
        CheckVersion(map);
        _file.Zone = ZoneNames.Read(map, _findings) ?? _file.Zone;
        When = new WhenReader(_file).Read(map);
        _samples.Begin(_file, When);
        _facts.Begin(When);
        LifeCheck.Check(map, _file.GiveUpAfter, _findings);
        return Body(map, id, text, hash);
    }

    private Recipe Body(YamlMap map, string id, string text, string hash)
    {
        var lets = new LetReader(_file, _values, _samples);
        var bindings = map.Find("let") is { } let ? lets.Read(let.Value, null) : [];
        var ifEntry = map.Find("if");
        var top = ifEntry is null ? [] : _conditions.Read(ifEntry.Value, Early("the top 'if'", ifEntry, lets));
        var (once, within) = EventKey(map, "once_per", Keys.OncePer, lets);
        var (line, strict) = EventKey(map, "order_by", Keys.OrderBy, lets);
        var stepReader = new StepReader(_file, _conditions, _values, lets, _samples);
        var steps = stepReader.Read(map);
        _gaps.Finish();
        var recalled = bindings.Concat(steps.OfType<LetStep>().SelectMany(step => step.Bindings)).Where(binding => binding.Recalls);
        return new Recipe
        {
            Id = id,
            File = _findings.File,
            Hash = hash,
            Text = text,
            Name = Scalars.Text(map, "name", _findings) ?? id,
            About = Scalars.Text(map, "about", _findings) ?? "",
            Owner = Scalars.Text(map, "owner", _findings) ?? "",
            Mode = (RecipeMode)Scalars.Choice(map, "mode", ModeWords, _findings),
            When = When ?? new EventTrigger("", [], null, 1),
            If = top,
            OncePer = once is null ? null : new OncePer(once, within is null ? null : Scalars.Duration(within, "within", _findings), map.Find("once_per")!.Key.Start.Line),
            OrderBy = line is null ? null : new OrderBy(line, strict is not null && Scalars.Boolean(strict, "strict", _findings), map.Find("order_by")!.Key.Start.Line),
            Let = bindings,
            Steps = steps,
            OnError = stepReader.ReadOnError(map),
            Retry = Scalars.Waits(map, _findings),
            TooLateAfter = Scalars.Duration(map, "too_late_after", _findings),
            Zone = _file.Zone,
            Tests = new TestReader(_file, _paths, stepReader.Seen, [.. recalled.Select(binding => binding.Name)], top).Read(map),
            UsesScripts = _file.Scripts.Count > 0,
        };
    }

    private static Sight Early(string place, YamlEntry entry, LetReader lets) => new(place, true, lets.Names, entry.Key.Start.Line, null);

    private void CheckVersion(YamlMap map)
    {
        if (map.Find("version") is { } entry && entry.Value is not YamlScalar { Text: "1" })
        {
            _findings.Error(entry.Value.Start, FindingCodes.BadVersion, $"'version' is {entry.Value.Words}. This program reads version 1: write version: 1");
        }
    }

    // A value of the event by itself, or under 'key' beside what else may be said; the map is null where it stands by itself.
    private (Template? Key, YamlMap? Parts) EventKey(YamlMap map, string name, Keys keys, LetReader lets)
    {
        if (map.Find(name) is not { } entry)
        {
            return default;
        }

        var parts = entry.Value as YamlMap;
        if (parts is not null)
        {
            keys.Check(parts, entry.Key.Start, _findings);
        }

        var key = parts is null ? entry.Value : parts.Find("key")?.Value;
        if (key is YamlScalar scalar && ValueReader.IsTemplate(scalar))
        {
            return (_values.Template(scalar, TextKind.Plain, Early($"'{name}'", entry, lets)), parts);
        }

        if (key is not null)
        {
            Scalars.Wrong(key, name, "a text with a value of the event, such as \"{{ event.member.id }}\"", _findings);
        }

        return default;
    }
}
