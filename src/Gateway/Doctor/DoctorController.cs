using ConnectorHub.Gateway.Doctor.Online;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Doctor;

/// <summary>What <c>doctor</c> asks of the process that serves.</summary>
[ApiController]
[Route("api/doctor")]
[Produces("application/json")]
public sealed class DoctorController(Vitals vitals, HostRound hosts) : ControllerBase
{
    /// <summary>The oldest unfinished run, leases, pauses, and whether the secrets can be read.</summary>
    [HttpGet]
    public Task<VitalsAnswer> VitalsAsync(CancellationToken cancellationToken) => vitals.TakeAsync(cancellationToken);

    /// <summary>Asks the hosts of all connections for nothing but an answer: no credentials go along, and nothing is changed there.</summary>
    [HttpPost("online")]
    public Task<OnlineAnswer> OnlineAsync(CancellationToken cancellationToken) => hosts.AskAsync(cancellationToken);
}
