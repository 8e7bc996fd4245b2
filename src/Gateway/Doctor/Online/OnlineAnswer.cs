namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>What the hosts outside answered.</summary>
/// <param name="PublicUrl">The hub's own address outside; null where none is set.</param>
public sealed record OnlineAnswer(IReadOnlyList<HostLook> Hosts, HostLook? PublicUrl);

/// <summary>What one host answered.</summary>
/// <param name="Host">With its port where that is not the usual one; of a mail server always. The connection's name where its settings name no host.</param>
/// <param name="Connections">Whose host it is; none for the hub's own address.</param>
/// <param name="Took">Until it answered; null where it did not.</param>
/// <param name="ClockAhead">How far its clock is ahead of ours, in whole seconds; null where it did not say.</param>
/// <param name="CertificateEnds">Null where there is none to see.</param>
/// <param name="Problem">Why there was no answer, or none that helps now; else null. Trying again may help.</param>
public sealed record HostLook(
    string Host, IReadOnlyList<string> Connections, TimeSpan? Took, TimeSpan? ClockAhead, DateTimeOffset? CertificateEnds, string? Problem)
{
    /// <summary>Of the hub's own address: the request came in by this hub's door.</summary>
    public bool CameHome { get; init; }

    /// <summary>Of a mail server: the sign-in was tried and taken.</summary>
    public bool SignedIn { get; init; }

    /// <summary>Of a mail server: why it will not do as long as nobody changes something; else null.</summary>
    public string? Refusal { get; init; }
}
