using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Gateway.Settings;

/// <summary>A connector that only declares.</summary>
internal sealed class FakeConnector(ConnectorManifest manifest, IReadOnlyList<IConnectorAction> actions, IReadOnlyList<IEventSource> sources) : IConnector
{
    public static readonly IReadOnlyList<IConnector> All =
    [
        new FakeConnector(
            Declare("meltingspot", [new("SigningSecrets", "Settings of the webhook.", Many: true), new("UrlToken", "The token of the address.")], []),
            [],
            [new FakeSource("meltingspot", eventComesFromHook: true, ["SigningSecrets", "UrlToken"], "live.updated", "live.created")]),
        new FakeConnector(
            Declare("spir", [new("SigningSecret", "Settings of the webhook.")], []),
            [],
            [new FakeSource("spir", eventComesFromHook: false, ["SigningSecret"], "booked")]),
        new FakeConnector(
            Declare("slack", [new("BotToken", "OAuth page of the app.")], [new("Version", "Of the API.", "v1", ["v1", "v2"]), new("Team", "Its id.")]),
            [new FakeAction()],
            []),
        new FakeConnector(Declare("google-sheets", [new("ServiceAccountKey", "A key file.")], []), [new FakeAction()], []),
    ];

    public ConnectorManifest Manifest => manifest;

    public IReadOnlyList<IConnectorAction> Actions => actions;

    public IReadOnlyList<IEventSource> Sources => sources;

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static ConnectorManifest Declare(string name, IReadOnlyList<SecretDeclaration> secrets, IReadOnlyList<SettingDeclaration> settings) =>
        new(name, name, "For tests.", null, ["example.com"], secrets, settings, new Dictionary<string, string>());
}
