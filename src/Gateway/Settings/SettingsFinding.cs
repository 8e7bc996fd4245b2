namespace ConnectorHub.Gateway.Settings;

/// <summary>One thing the settings say that cannot be, or should not.</summary>
/// <param name="Key">Where: <c>Runs:CallTimeout</c>.</param>
/// <param name="Message">What was found, what is allowed, how to mend it. Never holds a secret.</param>
internal sealed record SettingsFinding(string Key, SettingsCode Code, string Message)
{
    public bool IsError => Code.IsError;

    public override string ToString() => $"{Key}: {(IsError ? "error" : "warning")} {Code.Number}: {Message}";
}
