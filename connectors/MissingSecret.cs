using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors;

/// <summary>The outcome where a connection does not set the secret an action needs: a person has to act, as with refused credentials.</summary>
internal static class MissingSecret
{
    /// <param name="where">One sentence: where a person finds it at the platform.</param>
    public static StepOutcome Outcome(ActionContext context, string secret, string? where = null) => StepOutcome.Fail(
        FailureKind.Unauthorized,
        "secret_missing",
        $"Connection '{context.Connection}' does not set the secret {secret}. Set Connections:{context.Connection}:Secrets:{secret}."
        + (where is null ? string.Empty : $" {where}"));
}
