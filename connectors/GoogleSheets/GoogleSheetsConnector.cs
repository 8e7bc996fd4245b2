using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleSheets;

/// <summary>Google Sheets: rows by the names of their columns.</summary>
internal sealed class GoogleSheetsConnector : IConnector
{
    /// <summary>What the connector asks to be let do.</summary>
    public const string Scope = "https://www.googleapis.com/auth/spreadsheets";

    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(GoogleSheetsConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } =
        [new AppendRow(), new UpsertRow(), new UpdateRow(), new FindRow(), new ReadRange(), new CreateSheet()];

    public IReadOnlyList<IEventSource> Sources { get; } = [];

    /// <summary>Signing in is all that can be asked: which spreadsheets there are is known to the recipes only. A ready token cannot be tried.</summary>
    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var opened = await GoogleSession.OpenAsync(context, Scope, cancellationToken);
        return opened.End(session => new StepOutcome.Done(OutputJson.Of(new Identity(session.Account))), stopped => stopped.Outcome);
    }

    private sealed record Identity(string Account);
}
