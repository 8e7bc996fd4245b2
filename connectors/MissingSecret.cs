using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors;

/// <summary>The outcome where a connection does not set the secret an action needs: a person has to act, as with refused credentials.</summary>
internal static class MissingSecret
{
    public static StepOutcome Outcome(ActionContext context, string secret) => StepOutcome.Fail(
        FailureKind.Unauthorized,
        "secret_missing",
        $"Connection '{context.Connection}' does not set the secret {secret}. Set Connections:{context.Connection}:Secrets:{secret}.");
}
