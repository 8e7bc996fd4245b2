namespace ConnectorHub.Gateway.Outbound;

/// <summary>
/// What is known of one request's bytes. The handler writes a request in the flow of whoever asked for it, so the flow carries this to the stream.
/// </summary>
internal sealed class WireTrace(bool reads)
{
    private static readonly AsyncLocal<WireTrace?> Flow = new();

    private Wire? _first;

    /// <summary>The trace of the request that is being written.</summary>
    public static WireTrace? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>True once bytes of the request were handed to a connection: from here on the target may have acted on it.</summary>
    public bool Written => Volatile.Read(ref _first) is not null;

    /// <summary>
    /// Called before each write. The handler sends a request again by itself when a reused connection closes without an answer; a closed
    /// connection does not prove that the request was not acted on, so only a read may go out twice.
    /// </summary>
    public void BeforeWrite(Wire wire)
    {
        var first = Interlocked.CompareExchange(ref _first, wire, null);
        if (first is not null && first != wire && !reads)
        {
            throw new IOException("The connection closed without an answer; the request is not sent a second time.");
        }
    }
}
