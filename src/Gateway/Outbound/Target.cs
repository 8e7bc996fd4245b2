namespace ConnectorHub.Gateway.Outbound;

/// <summary>Where a request goes, or why it goes nowhere. Closed.</summary>
internal abstract record Target
{
    private Target()
    {
    }

    /// <summary>May be called.</summary>
    /// <param name="Trusted">The connection's own settings name this origin: private addresses behind it are the operator's choice.</param>
    public sealed record Allowed(Uri Address, bool Trusted) : Target;

    /// <summary>Refused before any socket. <paramref name="Code"/> is short and stable, <paramref name="Reason"/> is for a person.</summary>
    public sealed record Refused(string Code, string Reason) : Target;
}
