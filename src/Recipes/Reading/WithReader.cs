using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads the inputs of a step and holds them to what its action accepts.</summary>
internal sealed class WithReader(RecipeFile file, ValueReader values)
{
    private readonly FindingList _findings = file.Findings;

    /// <param name="shape">Null where the action is not known: then no field is judged.</param>
    public MapExpression Read(YamlMap step, ActionShape? shape, YamlScalar? use, Sight sight)
    {
        var entry = step.Find("with");
        var map = entry?.Value as YamlMap;
        if (entry is not null && (map is null || ValueReader.IsComputed(map)))
        {
            Scalars.Wrong(entry.Value, "with", "a map of the action's fields", _findings);
            return new MapExpression([]);
        }

        if (shape is not null)
        {
            CheckNames(map, shape, use!.Text);
            CheckRequired(map, entry?.Key.Start ?? step.Start, shape, use.Text);
        }

        return new MapExpression([.. (map?.Entries ?? []).Select(field => KeyValuePair.Create(field.Key.Text, Field(field, shape, sight)))]);
    }

    private void CheckNames(YamlMap? map, ActionShape shape, string use)
    {
        var names = shape.Inputs.Select(field => field.Name).ToList();
        foreach (var entry in map?.Entries ?? [])
        {
            if (!names.Contains(entry.Key.Text))
            {
                _findings.Error(
                    entry.Key.Start,
                    FindingCodes.UnknownField,
                    $"'{use}' has no field '{entry.Key.Text}'.{Keys.DidYouMean(entry.Key.Text, names)} It has: {Words.OrNone(names, "none")}.");
            }
        }
    }

    private void CheckRequired(YamlMap? map, Place place, ActionShape shape, string use)
    {
        foreach (var field in shape.Inputs.Where(field => field.Required))
        {
            var entry = map?.Find(field.Name);
            if (entry is null || (entry.Value is YamlScalar { IsNull: true } && !_findings.HasErrorAt(entry.Value.Start.Line, FindingCodes.CutByComment)))
            {
                _findings.Error(
                    entry?.Key.Start ?? place,
                    FindingCodes.MissingField,
                    $"'{use}' needs the field '{field.Name}': {field.About} It needs: {Words.List(shape.Inputs.Where(one => one.Required).Select(one => one.Name))}.");
            }
        }
    }

    private Expression Field(YamlEntry entry, ActionShape? shape, Sight sight)
    {
        var field = shape?.Inputs.FirstOrDefault(candidate => string.Equals(candidate.Name, entry.Key.Text, StringComparison.Ordinal));
        if (field is null)
        {
            return values.Read(entry.Value, TextKind.Plain, sight);
        }

        if (Complaint(entry.Value, field) is { } complaint)
        {
            _findings.Error(entry.Value.Start, FindingCodes.WrongField, complaint);
        }

        return values.Read(entry.Value, field.TextKind, sight, field.Type is FieldType.Text or FieldType.TextList or FieldType.TextMap, field.Required ? Gap.Rejected : Gap.LeftOut);
    }

    /// <summary>What is wrong with a constant; null where nothing is, or where only the run will tell.</summary>
    private static string? Complaint(YamlNode node, Field field)
    {
        if (node is YamlLostPlaceholder or YamlScalar { IsNull: true } || ValueReader.IsComputed(node) || IsWholePlaceholder(node))
        {
            return null;
        }

        var wanted = (field.Type, node) switch
        {
            (FieldType.Any, _) => null,
            (FieldType.Text, YamlScalar) => null,
            (FieldType.Text, _) => "a text",
            (FieldType.WholeNumber, YamlScalar { Plain: PlainKind.Number } number) when number.Text.AsSpan().IndexOfAny(".eE") < 0 => null,
            (FieldType.WholeNumber, _) => $"a whole number{AsNumber(node)}",
            (FieldType.Number, YamlScalar { Plain: PlainKind.Number }) => null,
            (FieldType.Number, _) => $"a number{AsNumber(node)}",
            (FieldType.Boolean, YamlScalar { Plain: PlainKind.Boolean }) => null,
            (FieldType.Boolean, YamlScalar word) when PlainScalar.OldTruth(word.Text) is { } truth => $"true or false: write {truth}",
            (FieldType.Boolean, _) => "true or false",
            (FieldType.TextList, YamlList list) when list.Items.All(item => item is not YamlMap || ValueReader.IsComputed(item)) => null,
            (FieldType.TextList, _) => "a list of texts: [one, two]",
            (FieldType.TextMap, YamlMap) => null,
            _ => "a map of texts: { name: value }",
        };
        if (wanted is not null)
        {
            return $"field '{field.Name}' is {node.Words}. It must be {wanted}.";
        }

        return node is YamlScalar scalar && field.Allowed.Count > 0 && !ValueReader.IsTemplate(scalar) && !field.Allowed.Contains(scalar.Text)
            ? $"field '{field.Name}' is '{scalar.Text}'.{Keys.DidYouMean(scalar.Text, field.Allowed)} Allowed: {Words.List(field.Allowed)}."
            : null;
    }

    private static string AsNumber(YamlNode node) => node switch
    {
        YamlScalar { Style: ScalarStyle.Plain } word when PlainScalar.AsNumber(word.Text) is { } number => $": write {number}",
        YamlScalar { Style: ScalarStyle.Plain } => "",
        _ => ", without quotes",
    };

    /// <summary>One placeholder and nothing else keeps the type of what it finds.</summary>
    private static bool IsWholePlaceholder(YamlNode node) =>
        node is YamlScalar scalar
        && scalar.Text.AsSpan().Trim() is var text
        && text.StartsWith("{{") && text.EndsWith("}}")
        && text[2..].IndexOf("{{") < 0;
}
