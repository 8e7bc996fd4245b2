using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Signatures;

/// <summary>The header values that take part in a signature.</summary>
internal sealed record SignedHeaders(string Signature, string? Id, string? Timestamp)
{
    /// <summary>The first set of names that is there as a whole, or null.</summary>
    public static SignedHeaders? Read(SignatureScheme scheme, WebhookRequest request)
    {
        foreach (var names in scheme.Headers)
        {
            var signature = request.Header(names.Signature);
            var id = names.Id is null ? null : request.Header(names.Id);
            var timestamp = names.Timestamp is null ? null : request.Header(names.Timestamp);
            if (signature is not null && (names.Id is null || id is not null) && (names.Timestamp is null || timestamp is not null))
            {
                return new SignedHeaders(signature, id, timestamp);
            }
        }

        return null;
    }
}
