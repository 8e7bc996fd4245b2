using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Yaml;
using NodaTime;

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
    private readonly ConditionReader _conditions;

    public RecipeReader(RecipeFile file)
    {
        _file = file;
        _findings = file.Findings;
        _paths = new PathCheck(file, _samples);
        var trial = new SampleTrial(file, _samples);
        _values = new ValueReader(file, _paths, trial);
        _conditions = new ConditionReader(file, _paths, trial);
    }

    /// <summary>Which events the file wants, even where the rest of it is broken; null where that cannot be read.</summary>
    public EventTrigger? When { get; private set; }

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
        _file.Zone = Zone(map) ?? _file.Zone;
        When = new WhenReader(_file).Read(map);
        _samples.Begin(_file, When);
        return Body(map, id, text, hash);
    }

    private Recipe Body(YamlMap map, string id, string text, string hash)
    {
        var lets = new LetReader(_file, _values, _samples);
        var bindings = lets.Read(map);
        var ifEntry = map.Find("if");
        var top = ifEntry is null ? [] : _conditions.Read(ifEntry.Value, Early("the top 'if'", ifEntry, lets));
        var oncePer = OncePer(map, lets);
        var stepReader = new StepReader(_file, _conditions, _values, lets.Names);
        var steps = stepReader.Read(map);
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
            OncePer = oncePer,
            Let = bindings,
            Steps = steps,
            Retry = Scalars.Waits(map, _findings),
            TooLateAfter = Scalars.Duration(map, "too_late_after", _findings),
            Zone = _file.Zone,
            Tests = new TestReader(_file, _paths, stepReader.Seen, [.. bindings.Where(binding => binding.Recalls).Select(binding => binding.Name)], top).Read(map),
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

    private DateTimeZone? Zone(YamlMap map)
    {
        if (Scalars.Text(map, "zone", _findings) is not { } name)
        {
            return null;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        if (zone is null)
        {
            var near = Keys.DidYouMean(name, DateTimeZoneProviders.Tzdb.Ids);
            _findings.Error(map.Find("zone")!.Value.Start, FindingCodes.UnknownZone, $"there is no zone '{name}'.{near} A zone is a continent and a city, such as Europe/Paris, or UTC.");
        }

        return zone;
    }

    private OncePer? OncePer(YamlMap map, LetReader lets)
    {
        if (map.Find("once_per") is not { } entry)
        {
            return null;
        }

        var key = entry.Value;
        TimeSpan? within = null;
        if (entry.Value is YamlMap parts)
        {
            Keys.OncePer.Check(parts, entry.Key.Start, _findings);
            within = Scalars.Duration(parts, "within", _findings);
            if (parts.Find("key") is not { } inner)
            {
                return null;
            }

            key = inner.Value;
        }

        if (key is not YamlScalar scalar || !ValueReader.IsTemplate(scalar))
        {
            Scalars.Wrong(key, "once_per", "a text with a value of the event, such as \"{{ event.member.id }}\"", _findings);
            return null;
        }

        var template = _values.Template(scalar, TextKind.Plain, Early("'once_per'", entry, lets));
        return template is null ? null : new OncePer(template, within, entry.Key.Start.Line);
    }
}
