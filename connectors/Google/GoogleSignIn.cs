using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Google;

/// <summary>How a connection signs in, by what it sets. Closed.</summary>
internal abstract record GoogleSignIn
{
    /// <summary>The secret with a service account's key file.</summary>
    public const string ServiceAccountKey = "ServiceAccountKey";

    /// <summary>The secret with a ready token.</summary>
    public const string AccessToken = "AccessToken";

    /// <summary>The secret with which a person let an app in.</summary>
    public const string RefreshToken = "RefreshToken";

    /// <summary>The app's own secret.</summary>
    public const string ClientSecret = "ClientSecret";

    /// <summary>The setting that names the app.</summary>
    public const string ClientId = "ClientId";

    /// <summary>The setting that names whom a service account acts for.</summary>
    public const string ActAs = "ActAs";

    private GoogleSignIn()
    {
    }

    /// <summary>A ready token, used as it is.</summary>
    public sealed record Ready(Secret Token) : GoogleSignIn;

    /// <summary>A service account, perhaps in a person's name.</summary>
    public sealed record Account(Secret KeyFile, string? ActingFor) : GoogleSignIn;

    /// <summary>A person, through an app they let in.</summary>
    public sealed record Person(string App, Secret AppSecret, Secret Token) : GoogleSignIn;

    /// <summary>None: what is missing or does not go together. A person has to act.</summary>
    public sealed record Flawed(StepOutcome.Failed Outcome) : GoogleSignIn;

    /// <summary>Reads what the connection sets. A ready token wins, since it is set for a quick try.</summary>
    public static GoogleSignIn Of(ActionContext context)
    {
        if (context.FindSecret(AccessToken) is { } ready)
        {
            return new Ready(ready);
        }

        var person = context.FindSetting(ActAs) is { Length: > 0 } actAs ? actAs : null;
        return (context.FindSecret(ServiceAccountKey), context.FindSecret(RefreshToken)) switch
        {
            ({ } file, null) => new Account(file, person),
            (null, { } token) when person is null => OfPerson(context, token),
            (null, { }) => Ambiguous(context, $"Settings:{ActAs} and Secrets:{RefreshToken}", $"{ActAs} goes with a service account's key; a refresh token always acts for the person who gave it"),
            ({ }, { }) => Ambiguous(context, $"Secrets:{ServiceAccountKey} and Secrets:{RefreshToken}", "they are two ways to sign in, and the hub would have to guess as whom"),
            _ => new Flawed((StepOutcome.Failed)MissingSecret.Outcome(
                context, ServiceAccountKey, $"Or sign in as a person, with {RefreshToken}, {ClientSecret} and the setting {ClientId}.")),
        };
    }

    private static GoogleSignIn OfPerson(ActionContext context, Secret token)
    {
        if (context.FindSecret(ClientSecret) is not { } secret)
        {
            return new Flawed((StepOutcome.Failed)MissingSecret.Outcome(context, ClientSecret, $"It belongs to the app that the {RefreshToken} was made for."));
        }

        return context.FindSetting(ClientId) is { Length: > 0 } app
            ? new Person(app, secret, token)
            : new Flawed(new StepOutcome.Failed(
                FailureKind.Unauthorized,
                "setting_missing",
                $"Connections:{context.Connection}:Settings:{ClientId} is not set. Set the client id of the app that the {RefreshToken} was made for."));
    }

    private static Flawed Ambiguous(ActionContext context, string both, string why) => new(new StepOutcome.Failed(
        FailureKind.Unauthorized, "credentials_ambiguous", $"Connection '{context.Connection}' sets {both}: {why}. Remove one of the two."));
}
