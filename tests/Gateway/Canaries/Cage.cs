using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;

namespace ConnectorHub.Tests.Gateway.Canaries;

/// <summary>A connection for every connector and every way to sign in, with a canary for every secret, and recipes that use them.</summary>
internal sealed partial class Cage
{
    /// <summary>What the token endpoint gives.</summary>
    public const string KeptToken = "kept-canary+token/9\"q";

    /// <summary>Canaries that the recipes and checks must have sent.</summary>
    public static readonly IReadOnlyList<string> Sent =
    [
        "slack-1:BotToken", "slack-webhook:WebhookUrl", "hubspot-1:AccessToken", "livestorm-1:ApiToken", "meltingspot-1:ApiKey", "http-1:Authorization", "http-1:ApiKey",
        "google-sheets-1:AccessToken", "google-calendar-person:RefreshToken", "google-calendar-person:ClientSecret", "salesforce-1:AccessToken",
        "salesforce-app:ClientId", "salesforce-app:ClientSecret", "email-1:Password",
    ];

    private readonly string _address;
    private readonly int _mailPort;

    public Cage(string address, int mailPort)
    {
        (_address, _mailPort) = (address, mailPort);
        foreach (var manifest in ConnectorCatalog.All.Select(connector => connector.Manifest))
        {
            Plant($"{manifest.Name}-1", manifest, _ => true);
        }

        Plant("slack-webhook", Manifest("slack"), secret => secret == "WebhookUrl");
        Plant("salesforce-app", Manifest("salesforce"), secret => secret != "AccessToken");
        Plant("google-calendar-person", Manifest("google-calendar"), secret => secret is "RefreshToken" or "ClientSecret");
        Set("google-calendar-person", "Settings:ClientId", "app.apps.googleusercontent.com");
        Set("google-calendar-person", "Settings:TokenUrl", $"{address}/token");
        PlantKey();
    }

    /// <summary>What the settings file would say.</summary>
    public List<(string Key, string Value)> Settings { get; } = [];

    /// <summary>By connection and secret.</summary>
    public Dictionary<string, string> Canaries { get; } = new(StringComparer.Ordinal) { ["the kept token"] = KeptToken };

    /// <summary>What each recipe does.</summary>
    public IReadOnlyDictionary<string, string> Steps { get; } = new Dictionary<string, string>
    {
        ["slack"] = "use: slack.post-message\n    connection: slack-1\n    with: { channel: C0123456789, text: hello }",
        ["slack-webhook"] = "use: slack.post-webhook\n    connection: slack-webhook\n    with: { text: hello }",
        ["hubspot"] = "use: hubspot.upsert-contact\n    connection: hubspot-1\n    with: { email: ana@shop.example }",
        ["livestorm"] = "use: livestorm.get-event\n    connection: livestorm-1\n    with: { event: 9d1c0000-0000-4000-8000-000000000000 }",
        ["meltingspot"] = "use: meltingspot.get-live\n    connection: meltingspot-1\n    with: { live: 9d1c0000-0000-4000-8000-000000000000 }",
        ["http"] = "use: http.request\n    connection: http-1\n    with: { method: POST, url: any, body: { a: 1 } }",
        ["sheets"] = "use: google-sheets.read-range\n    connection: google-sheets-1\n    with: { spreadsheet: 1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms, sheet: Leads, cells: 'A1:B2' }",
        ["sheets-key"] = "use: google-sheets.read-range\n    connection: google-key\n    with: { spreadsheet: 1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms, sheet: Leads, cells: 'A1:B2' }",
        ["calendar"] = "use: google-calendar.find-event\n    connection: google-calendar-person\n    with: { calendar: sales@acme.example, mark: a }",
        ["salesforce"] = "use: salesforce.find-record\n    connection: salesforce-1\n    with: { sobject: Contact, external_id_field: Email, external_id: ana@shop.example }",
        ["salesforce-app"] = "use: salesforce.find-record\n    connection: salesforce-app\n    with: { sobject: Contact, external_id_field: Email, external_id: ana@shop.example }",
        ["email"] = "use: email.send\n    connection: email-1\n    with: { to: ana@shop.example, subject: Hello, text: Hello }",
    };

    public Dictionary<string, string> Recipes() => Steps.ToDictionary(step => step.Key, step => $$"""
        version: 1
        name: {{step.Key}}
        when: { source: meltingspot, event: live.updated, connection: spot }
        steps:
          - id: send
            {{step.Value}}
            retry: []
            repeat: again
        """);

    /// <summary>Whether a canary is in a text, in any of its forms.</summary>
    public bool IsIn(string text, string name) => Forms(Canaries[name]).Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase));

    /// <summary>A line for each form of each canary that a text holds, the signed requests for tokens that were heard among them.</summary>
    public IReadOnlyList<string> Found(string text, string heard)
    {
        var all = Canaries.Concat(Assertion().Matches(heard).Select(match => KeyValuePair.Create("a signed request for a token", match.Groups[1].Value))).ToList();
        Assert.Contains(all, one => one.Key == "a signed request for a token");
        return
        [
            .. from one in all
               from form in Forms(one.Value)
               let at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase)
               where at >= 0
               select $"{one.Key} was found, as {form}: …{text.AsSpan(Math.Max(0, at - 200), Math.Min(400, text.Length - Math.Max(0, at - 200)))}…",
        ];
    }

    // As it is, as JSON and as addresses write it, and in base64: the middle of it, wherever its bytes begin.
    private static IEnumerable<string> Forms(string canary)
    {
        yield return canary;
        yield return Uri.EscapeDataString(canary);
        yield return JsonSerializer.Serialize(canary).Trim('"');
        for (var before = 0; before < 3; before++)
        {
            yield return Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(canary)])[4..^4];
        }
    }

    private static ConnectorManifest Manifest(string name) => ConnectorCatalog.All.Single(connector => connector.Manifest.Name == name).Manifest;

    private void Plant(string connection, ConnectorManifest manifest, Func<string, bool> wanted)
    {
        Set(connection, "Connector", manifest.Name);
        if (manifest.Name == "email")
        {
            // E-mail has no address but its host.
            Set(connection, "Settings:Host", "localhost");
            Set(connection, "Settings:Port", $"{_mailPort}");
            Set(connection, "Settings:Security", "none");
            Set(connection, "Settings:From", "hub@acme.example");
        }
        else
        {
            Set(connection, "BaseUrl", _address);
        }

        if (manifest.Name == "salesforce")
        {
            Set(connection, "Settings:Domain", "acme.my.salesforce.com");
        }

        foreach (var secret in manifest.Secrets.Where(secret => wanted(secret.Name)))
        {
            var canary = Canaries[$"{connection}:{secret.Name}"] = $"canary+{connection}/{secret.Name}-{Canaries.Count}";
            Set(connection, $"Secrets:{secret.Name}{(secret.Many ? ":0" : string.Empty)}", Value(manifest.Name, secret.Name, canary));
        }
    }

    // Where only a certain shape is taken, the canary is inside it.
    private string Value(string connector, string secret, string canary) => secret switch
    {
        "WebhookUrl" => $"{_address}/services/{canary}",
        "SigningSecrets" when connector is "meltingspot" or "standard-webhooks" => $"whsec_{Convert.ToBase64String(Encoding.UTF8.GetBytes(canary))}",
        "Authorization" => $"Bearer {canary}",
        "ServiceAccountKey" => JsonSerializer.Serialize(new { type = "service_account", client_email = "hub@acme.example", private_key = canary }),
        _ => canary,
    };

    // A key that signs; the canary is a line of it.
    private void PlantKey()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportPkcs8PrivateKeyPem();
        Canaries["google-key:private key"] = pem.Split('\n')[3];
        Set("google-key", "Connector", "google-sheets");
        Set("google-key", "BaseUrl", _address);
        Set("google-key", "Settings:TokenUrl", $"{_address}/token");
        Set("google-key", "Secrets:ServiceAccountKey", JsonSerializer.Serialize(new
        {
            type = "service_account",
            client_email = "hub@acme.example",
            private_key_id = "1",
            private_key = pem,
            token_uri = $"{_address}/token",
        }));
    }

    private void Set(string connection, string key, string value) => Settings.Add(($"Connections:{connection}:{key}", value));

    // The signature, without which the rest says nothing that is secret.
    [GeneratedRegex(@"assertion=[\w-]+\.[\w-]+\.([\w-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Assertion();
}
