using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>for_each</c> and what a step sees inside of it: <c>item</c> and <c>index</c>.</summary>
internal sealed class ForEachReader(RecipeFile file, ValueReader values, SampleScopes samples)
{
    private static readonly string[] Names = ["item", "index"];

    private readonly FindingList _findings = file.Findings;

    /// <summary>What later steps may read of such a step.</summary>
    public static IReadOnlyList<Field> Outputs { get; } =
    [
        new("items", FieldType.Any, true, TextKind.Plain, "What the action answered, item by item; missing for those that failed or were passed over", []),
        new("done", FieldType.WholeNumber, true, TextKind.Plain, "How many items were done", []),
        new("failed", FieldType.WholeNumber, true, TextKind.Plain, "How many failed for good", []),
        new("skipped", FieldType.WholeNumber, true, TextKind.Plain, "How many the step's 'if' passed over", []),
    ];

    /// <summary>The list; null where the step has none or it cannot be read.</summary>
    public Template? Items(YamlMap map, Sight sight)
    {
        if (map.Find("for_each") is not { } entry)
        {
            if (map.Find("each_key") is { } lost)
            {
                _findings.Error(lost.Key.Start, FindingCodes.UnknownKey, "'each_key' stands without 'for_each': it tells the items of a list apart. Add 'for_each', or use 'key' to name what the step makes.");
            }

            return null;
        }

        if (entry.Value is YamlScalar scalar && ValueReader.IsTemplate(scalar) && values.Template(scalar, TextKind.Plain, sight) is var read)
        {
            if (read is null or { IsOnePlaceholder: true })
            {
                return read;
            }
        }

        Scalars.Wrong(entry.Value, "for_each", "one placeholder that gives a list, such as \"{{ steps.absent.people }}\"", _findings);
        return null;
    }

    /// <summary>What the step's other keys see.</summary>
    public Sight Inside(YamlMap map, Sight sight)
    {
        if (map.Find("for_each") is not { } entry)
        {
            return sight;
        }

        var lets = new Dictionary<string, LetName>(sight.Lets, StringComparer.Ordinal);
        foreach (var name in Names)
        {
            // What an item has, only a run can tell.
            samples.Set(name, new Constant(Value.Missing), judged: false);
            lets[name] = new LetName(name, entry.Key.Start.Line, NeedsScript: true);
        }

        return sight with { Lets = lets };
    }

    /// <summary>What tells the items apart; null: the items themselves.</summary>
    public Template? Key(YamlMap map, Sight inside)
    {
        if (map.Find("each_key") is not { } entry)
        {
            return null;
        }

        if (entry.Value is YamlScalar scalar && ValueReader.IsTemplate(scalar))
        {
            return values.Template(scalar, TextKind.Plain, inside);
        }

        Scalars.Wrong(entry.Value, "each_key", "a text with a value of the item, such as \"{{ item.email | lower }}\"", _findings);
        return null;
    }
}
