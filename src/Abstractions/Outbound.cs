namespace ConnectorHub.Abstractions;

/// <summary>One HTTP request an action asks the hub to send.</summary>
/// <remarks>
/// <see cref="Url"/> is absolute, or relative to the connection's base address (the manifest's first host unless the connection sets <c>BaseUrl</c>).
/// Only https to a host of the manifest leaves the hub; redirects are never followed.
/// </remarks>
public sealed record OutboundRequest(HttpMethod Method, string Url)
{
    /// <summary>True where the address itself is the credential (incoming webhooks): it is shown as <c>https://host/***</c>.</summary>
    public bool UrlIsSecret { get; init; }

    /// <summary>True where the request only reads at the target; such requests may be sent in a rehearsal.</summary>
    public bool Reads { get; init; }

    /// <summary>
    /// True where a second send changes nothing more (a cell's format, joining a channel): it may go before or after the attempt's one write,
    /// and a lost answer is Transient. In a rehearsal it is withheld as any write; an action leaves it out there.
    /// </summary>
    public bool Harmless { get; init; }

    /// <summary>Plain headers, in order. Content headers included.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Headers whose value holds a credential: name, visible prefix (<c>Bearer </c>), secret. Shown as <c>Bearer ***</c>.</summary>
    public IReadOnlyList<SecretHeader> SecretHeaders { get; init; } = [];

    /// <summary>The body as sent; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";
}

/// <summary>A header that carries a credential.</summary>
public sealed record SecretHeader(string Name, string Prefix, Secret Value);

/// <summary>An outgoing request as a person may see it: credentials are replaced by <c>***</c>.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Url">Absolute; <c>https://host/***</c> where the address is a credential.</param>
/// <param name="Headers">Name and visible value.</param>
/// <param name="Body">The body as text, at most 64 KB of it.</param>
public sealed record RecordedRequest(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body);

/// <summary>What became of a request. Closed; the hub decides which, never the connector.</summary>
public abstract record SendReply
{
    private SendReply()
    {
    }

    /// <summary>A complete HTTP answer. <paramref name="Body"/> is cut at the hub's response cap, then <paramref name="BodyCut"/> is true.</summary>
    public sealed record Answered(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body, bool BodyCut) : SendReply
    {
        /// <summary>The first header of that name (any case), or null.</summary>
        public string? Header(string name)
        {
            foreach (var header in Headers)
            {
                if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Not one byte reached the target: refused by the hub's guard, no address, no connection. The effect certainly did not happen.</summary>
    /// <param name="Code">Short stable code, such as <c>connect_failed</c> or <c>address_forbidden</c>.</param>
    /// <param name="Reason">One sentence for a person.</param>
    /// <param name="Forbidden">True where the hub's own guard refused: trying again will not help.</param>
    public sealed record NeverSent(string Code, string Reason, bool Forbidden = false) : SendReply;

    /// <summary>The request left and no complete answer came back in time: the effect is unknown.</summary>
    public sealed record Lost(string Code, string Reason) : SendReply;

    /// <summary>A rehearsal: the request was recorded and not sent. The action answers <see cref="StepOutcome.Rehearsed"/> with its sample output.</summary>
    public sealed record Withheld(RecordedRequest Request) : SendReply;
}

/// <summary>All that one attempt may touch. The only way out of an action.</summary>
public abstract class ActionContext
{
    /// <summary>The connection's name, for messages.</summary>
    public abstract string Connection { get; }

    /// <summary>64 lower-case hex digits: the same for every attempt of the same effect, different for every other effect.</summary>
    public abstract string EffectKey { get; }

    /// <summary>True where nothing may be sent that writes.</summary>
    public abstract bool Rehearsal { get; }

    /// <summary>
    /// The time of this attempt by the hub's clock; in <see cref="IConnectorAction.FindAsync"/>, when the first attempt
    /// that may have had the effect began.
    /// </summary>
    public abstract DateTimeOffset StartedAt { get; }

    /// <summary>The hub's clock at this moment, for what Google and others want dated (a signed request for a token); never for what is sent as an effect.</summary>
    public virtual DateTimeOffset Now => StartedAt;

    /// <summary>A secret of the manifest by name, or null where the connection does not set it.</summary>
    public abstract Secret? FindSecret(string name);

    /// <summary>A plain setting of the manifest by name, its default where the connection does not set it, or null.</summary>
    public abstract string? FindSetting(string name);

    /// <summary>
    /// A token that the hub keeps for this connection until shortly before it ends; <paramref name="load"/> asks for a new one, once for all
    /// attempts that wait for it. New credentials start with no token.
    /// </summary>
    /// <param name="name">Tells tokens of one connection apart, such as their scope.</param>
    public abstract Task<TokenReply> TokenAsync(string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken);

    /// <summary>The target refused this token: the next attempt asks for a new one. A newer one is left alone.</summary>
    public abstract void ForgetToken(string name, Secret token);

    /// <summary>
    /// Something that seldom changes at the target (the header of a sheet), kept for this connection; null from <paramref name="load"/> is
    /// handed on and not kept.
    /// </summary>
    public abstract Task<T?> CachedAsync<T>(string key, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class;

    /// <summary>What is kept under a key is no longer true.</summary>
    public abstract void ForgetCached(string key);

    /// <summary>
    /// One at a time: waits until no other attempt of this connection in this process holds the turn of that name, for what must not be looked
    /// up and written by two at once. Disposing gives it on. Null where the attempt's deadline came first.
    /// </summary>
    public abstract Task<IDisposable?> TurnAsync(string name, CancellationToken cancellationToken);

    /// <summary>Sends one request within the attempt's deadline; see <see cref="SendReply"/>. Never throws for what the network does.</summary>
    public abstract Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken);

    /// <summary>Hands one mail to a mail server within the attempt's deadline; see <see cref="MailReply"/>. Never throws for what the network does.</summary>
    public abstract Task<MailReply> SendMailAsync(OutboundMail mail, CancellationToken cancellationToken);
}
