namespace ConnectorHub.Tests.StandIns.Google;

/// <summary>Who a token stands for.</summary>
/// <param name="Account">Who works: a service account, or the person that let the app in.</param>
/// <param name="Person">In whose name; null where a service account works in its own.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Ends">After this it is no longer taken.</param>
internal sealed record GoogleSignIn(string Account, string? Person, IReadOnlyList<string> Scopes, DateTimeOffset Ends)
{
    /// <summary>Whose rights count, and whose quota.</summary>
    public string Subject => Person ?? Account;

    /// <summary>True where a token allows an API: its own scope, or one that contains it.</summary>
    public bool Allows(params ReadOnlySpan<string> scopes)
    {
        foreach (var scope in scopes)
        {
            if (Scopes.Contains("https://www.googleapis.com/auth/" + scope))
            {
                return true;
            }
        }

        return false;
    }
}
