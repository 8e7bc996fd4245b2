using ConnectorHub.Gateway.Hooks;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>The addresses platforms call, and what came of it.</summary>
[ApiController]
[Route("api/hooks")]
[Produces("application/json")]
public sealed class HooksController(HookReport hooks) : ControllerBase
{
    /// <summary>Every hook, or those of one connection; 404 where no such connection receives.</summary>
    [HttpGet]
    public ActionResult<HooksAnswer> List(string? connection) => hooks.Answer(connection) is { } answer ? answer : NotFound();
}
