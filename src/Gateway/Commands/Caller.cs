namespace ConnectorHub.Gateway.Commands;

/// <summary>Who calls a command. On a server everybody calls it as the user the hub runs as, so sudo is asked who that is.</summary>
internal static class Caller
{
    private const string Sudo = "SUDO_USER";

    /// <summary>Of this process.</summary>
    public static string Name() => Name(Environment.UserName, Environment.GetEnvironmentVariables()[Sudo] as string);

    /// <param name="user">As whom the command runs.</param>
    /// <param name="sudo">Who asked sudo for that; null or empty where nobody did.</param>
    public static string Name(string user, string? sudo) => string.IsNullOrEmpty(sudo) || sudo == user ? user : $"{sudo} (as {user})";
}
