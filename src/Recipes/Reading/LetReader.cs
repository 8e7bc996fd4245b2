using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>let</c>, on top or between steps: values with names, each seeing those above it.</summary>
internal sealed class LetReader(RecipeFile file, ValueReader values, SampleScopes samples)
{
    private readonly FindingList _findings = file.Findings;
    private readonly Dictionary<string, LetName> _names = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, LetName> Names => _names;

    /// <param name="node">The map of names.</param>
    /// <param name="steps">What stands between steps sees those above; null on top.</param>
    public IReadOnlyList<LetBinding> Read(YamlNode node, Sight? steps)
    {
        if (node is not YamlMap map || ValueReader.IsComputed(map))
        {
            Scalars.Wrong(node, "let", "a map of names: let: { joined: \"{{ event.occurredAt | from_unix }}\" }", _findings);
            return [];
        }

        return [.. map.Entries.Select((binding, i) => Binding(binding, map.Entries.Skip(i + 1).Select(later => later.Key.Text).ToHashSet(StringComparer.Ordinal), steps))];
    }

    private LetBinding Binding(YamlEntry entry, HashSet<string> later, Sight? steps)
    {
        var name = entry.Key.Text;
        if (!GivenNames.IsName(name) || GivenNames.Reserved.Contains(name))
        {
            var why = GivenNames.Reserved.Contains(name) ? "the language uses it itself" : "paths could not read it";
            _findings.Error(entry.Key.Start, FindingCodes.BadName, $"'{name}' cannot be the name of a value: {why}. {GivenNames.Allowed}");
        }

        var line = entry.Key.Start.Line;
        if (_names.TryGetValue(name, out var first))
        {
            _findings.Error(entry.Key.Start, FindingCodes.DuplicateId, $"'{name}' is set twice, in line {first.Line} and in line {line}. Give one of them another name.");
        }

        var recalls = entry.Value is YamlMap { Entries: [var only] } && only.Key.Text == "recall" ? only.Value : null;
        var value = values.Read(recalls ?? entry.Value, TextKind.Plain, (steps ?? new Sight($"'{name}'", false, _names, null, null)) with { Place = $"'{name}'", LaterLets = later });
        if (recalls is not null and not YamlScalar { IsNull: false })
        {
            Scalars.Wrong(recalls, "recall", "the key of a step, such as recall: \"spir/{{ event.payload.originalUrl }}\"", _findings);
        }

        var needsScript = recalls is not null || value.UsesScript || value.Paths.Any(use => _names.TryGetValue(use.Path.Root, out var other) && other.NeedsScript);
        _names[name] = new LetName(name, line, needsScript, recalls is not null);
        samples.Set(name, value, judged: !needsScript && (steps is null || value.Paths.All(use => samples.Judges(use.Path.Root))));
        return new LetBinding(name, value, value.UsesScript, line, recalls is not null);
    }
}
