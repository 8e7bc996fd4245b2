using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>Names, texts and shapes.</summary>
internal static partial class IdentityRules
{
    public static IReadOnlyList<string> Identity(ConnectorCase tested)
    {
        var manifest = tested.Connector.Manifest;
        var wrong = new List<string>();
        Demand(wrong, Words().IsMatch(manifest.Name), $"name '{manifest.Name}' is not lower-case words with dashes");
        Demand(wrong, manifest.DisplayName.Length > 0 && !manifest.DisplayName.EndsWith('.'), "displayName is missing or a sentence");
        Demand(wrong, IsSentence(manifest.About), $"about '{manifest.About}' is not a sentence");
        Demand(wrong, tested.Connector.Actions.Count + tested.Connector.Sources.Count > 0, "it has neither actions nor sources");
        Demand(wrong, tested.Connector.Actions.Count == 0 || manifest.Hosts.Count > 0, "it has actions but no hosts");
        Demand(wrong, tested.Connector.Sources.Count == 0 || manifest.Secrets.Count > 0, "it has sources but no secret that could protect them");
        foreach (var host in manifest.Hosts)
        {
            Demand(wrong, host == "*" || Host().IsMatch(host), $"host '{host}' is not a name, *.name or *");
        }

        if (manifest.BaseUrl is { } address)
        {
            var isUrl = Uri.TryCreate(address, UriKind.Absolute, out var url);
            Demand(wrong, isUrl && url!.Scheme == "https" && address.EndsWith('/'), $"baseUrl '{address}' is not https or lacks its last slash");
            Demand(wrong, isUrl && manifest.Hosts.Contains(url!.Host), $"baseUrl '{address}' is not on one of the hosts");
        }

        foreach (var (name, about) in manifest.Secrets.Select(secret => (secret.Name, secret.About))
            .Concat(manifest.Settings.Select(setting => (setting.Name, setting.About))))
        {
            Demand(wrong, SettingName().IsMatch(name), $"'{name}' is not a name of settings (PascalCase)");
            Demand(wrong, IsSentence(about), $"{name}: '{about}' is not a sentence");
        }

        Demand(wrong, manifest.Secrets.All(secret => tested.Secrets.ContainsKey(secret.Name)), "Answers lacks a value for a secret");
        return wrong;
    }

    public static IReadOnlyList<string> Shapes(ConnectorCase tested)
    {
        var wrong = new List<string>();
        Demand(wrong, tested.Connector.Actions.Select(action => action.Name).Distinct().Count() == tested.Connector.Actions.Count, "two actions share a name");
        foreach (var action in tested.Connector.Actions)
        {
            Demand(wrong, Words().IsMatch(action.Name), $"action '{action.Name}' is not lower-case words with dashes");
            Demand(wrong, IsSentence(action.About), $"{action.Name}: about '{action.About}' is not a sentence");
            Demand(wrong, action.Shape.Outputs.Count > 0, $"{action.Name} gives nothing that a later step could read");
            CheckFields(wrong, action.Name, action.Shape.Inputs, InputName());
            CheckFields(wrong, action.Name, action.Shape.Outputs, OutputName());
        }

        return wrong;
    }

    private static void CheckFields(List<string> wrong, string action, IReadOnlyList<Field> fields, Regex naming)
    {
        Demand(wrong, fields.Select(field => field.Name).Distinct().Count() == fields.Count, $"{action}: two fields share a name");
        foreach (var field in fields)
        {
            Demand(wrong, naming.IsMatch(field.Name), $"{action}.{field.Name} is misnamed");
            Demand(wrong, field.About.Length > 10 && !field.About.EndsWith('.'), $"{action}.{field.Name}: about '{field.About}' is missing or ends in a dot");
        }
    }

    private static void Demand(List<string> wrong, bool holds, string otherwise)
    {
        if (!holds)
        {
            wrong.Add(otherwise);
        }
    }

    private static bool IsSentence(string text) => text.Length > 10 && text.EndsWith('.');

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    private static partial Regex Host();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]+$")]
    private static partial Regex SettingName();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex InputName();

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex OutputName();
}
