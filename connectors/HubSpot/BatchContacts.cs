using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>One contact of a batch, fit to be sent.</summary>
internal sealed record BatchContact(string Email, IReadOnlyDictionary<string, string> Properties);

/// <summary>The contacts of a batch: those to send, and those whose address is none. Closed.</summary>
internal abstract record BatchContacts
{
    /// <summary>As many as HubSpot takes in one call.</summary>
    public const int Most = 100;

    private BatchContacts()
    {
    }

    /// <summary>A list that can be worked on. One address twice is one contact: HubSpot refuses it twice, and the later properties win.</summary>
    public sealed record Ready(IReadOnlyList<BatchContact> Send, IReadOnlyList<FailedContact> Unusable) : BatchContacts;

    /// <summary>The input is no such list.</summary>
    public sealed record Flawed(string Flaw) : BatchContacts;

    public static BatchContacts Read(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Array)
        {
            return new Flawed("'contacts' must be a list of maps, each with email and properties.");
        }

        if (input.GetArrayLength() > Most)
        {
            return new Flawed($"'contacts' has {input.GetArrayLength()} entries; HubSpot takes {Most} in one call. Split the list into more steps.");
        }

        var send = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var unusable = new List<FailedContact>();
        var index = 0;
        foreach (var entry in input.EnumerateArray())
        {
            if (Add(entry, send, unusable) is { } flaw)
            {
                return new Flawed($"contacts[{index}] {flaw}");
            }

            index++;
        }

        return new Ready([.. send.Select(contact => new BatchContact(contact.Key, contact.Value))], unusable);
    }

    private static string? Add(JsonElement entry, Dictionary<string, Dictionary<string, string>> send, List<FailedContact> unusable)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return "is no map; it must have email and properties.";
        }

        if (entry.EnumerateObject().Select(member => UntrustedJson.Name(member)).FirstOrDefault(name => name is not ("email" or "properties")) is { } unknown)
        {
            return $"has '{Shown.Value(unknown)}'. It has: email, properties.";
        }

        var written = UntrustedJson.Text(entry, "email") ?? string.Empty;
        if (ReadProperties(entry) is not { } properties)
        {
            return "has 'properties' that are no map of texts, numbers and true or false.";
        }

        if (properties.ContainsKey("email"))
        {
            return "has 'email' among its properties; the address stands beside them.";
        }

        if (Given.Email(written) is not { } email)
        {
            unusable.Add(new FailedContact(Shown.Value(written), "invalid_email", written.Length == 0 ? "The e-mail address is missing." : Given.NoEmail(written)));
            return null;
        }

        var all = send.TryGetValue(email, out var known) ? known : send[email] = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            all[name] = value;
        }

        return null;
    }

    private static Dictionary<string, string>? ReadProperties(JsonElement entry)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (UntrustedJson.Member(entry, "properties") is not { ValueKind: not JsonValueKind.Null } map)
        {
            return properties;
        }

        if (map.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // null is as good as absent, as everywhere in a recipe.
        foreach (var member in map.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (UntrustedJson.Name(member) is not { } name || TextOf(member.Value) is not { } value)
            {
                return null;
            }

            properties[name] = value;
        }

        return properties;
    }

    // HubSpot takes every value as text.
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => UntrustedJson.Text(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
