using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>shared.yaml</c>: names that several recipes use, all of them constants.</summary>
internal static class SharedReader
{
    /// <summary>Its content; null where a finding is an error. An empty file is an empty map.</summary>
    public static Value? Read(string text, FindingList findings)
    {
        var source = new YamlText(text);
        SecretText.Find(source, findings);
        if (text.Trim().Length == 0)
        {
            return findings.HasErrors ? null : Value.Map([]);
        }

        var root = YamlReader.Read(source, findings);
        if (root is not null and not YamlMap)
        {
            findings.Error(root.Start, FindingCodes.WrongType, $"the file is {root.Words}. It must be a map of names: leads_sheet: 1AbC…");
        }

        return findings.HasErrors || root is null ? null : Constants.Of(root);
    }
}
