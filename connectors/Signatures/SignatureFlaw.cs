using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>Why a delivery is not proven: the kind, and one sentence for our own people.</summary>
internal sealed record SignatureFlaw(Refusal Why, string Detail);
