using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Why something did or did not happen.</summary>
[ApiController]
[Route("api/why")]
[Produces("application/json")]
public sealed class WhyController(Inquiry inquiry) : ControllerBase
{
    /// <summary>The newest events that a text names, condition by condition; refused and repeated deliveries; and what came at all where nothing is found.</summary>
    /// <param name="text">An id of ours or of the platform, or any text in an event.</param>
    /// <param name="recipe">One recipe only: its file without .yaml.</param>
    [HttpGet]
    public Task<WhyFound> WhyAsync(string text, string? recipe, CancellationToken cancellationToken) => inquiry.WhyAsync(text, recipe, cancellationToken);
}
