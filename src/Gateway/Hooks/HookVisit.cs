namespace ConnectorHub.Gateway.Hooks;

/// <summary>What the ledger wants to know of a request.</summary>
/// <param name="UserAgent">As it came.</param>
/// <param name="Length">Of the body; null where that is not known.</param>
/// <param name="Body">Empty where it was not read to its end.</param>
internal readonly record struct HookVisit(string UserAgent, long? Length, ReadOnlyMemory<byte> Body)
{
    /// <summary>A request whose body was not read to its end.</summary>
    public static HookVisit Of(HttpRequest request) => new(request.Headers.UserAgent.ToString(), request.ContentLength, default);

    /// <summary>A request with its body.</summary>
    public static HookVisit Of(HttpRequest request, ReadOnlyMemory<byte> body) => new(request.Headers.UserAgent.ToString(), body.Length, body);
}
