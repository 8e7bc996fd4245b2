namespace ConnectorHub.Gateway.Settings;

/// <summary>A kind of finding. Its heading in SETTINGS.md is its number and title.</summary>
internal sealed record SettingsCode(string Number, bool IsError, string Title);

/// <summary>The table of all kinds.</summary>
internal static class SettingsCodes
{
    public static readonly SettingsCode Unreadable = new("CH1001", true, "The settings file cannot be read");
    public static readonly SettingsCode Unknown = new("CH1002", true, "Not a setting");
    public static readonly SettingsCode WrongValue = new("CH1003", true, "A value of the wrong form");
    public static readonly SettingsCode Missing = new("CH1004", true, "A setting is missing");
    public static readonly SettingsCode UnknownConnector = new("CH1005", true, "No such connector");
    public static readonly SettingsCode WrongName = new("CH1006", true, "A name that cannot stand in an address");
    public static readonly SettingsCode UnknownHook = new("CH1007", true, "A hook for nothing");
    public static readonly SettingsCode OpenHook = new("CH1008", true, "A hook without a secret");
    public static readonly SettingsCode EmptySecret = new("CH1009", true, "An empty secret");
    public static readonly SettingsCode LiteralSecret = new("CH1010", false, "A secret in the settings file");
    public static readonly SettingsCode ReadableSecret = new("CH1011", false, "A secret file that others can read");
    public static readonly SettingsCode Contradiction = new("CH1012", true, "Two settings contradict each other");
    public static readonly SettingsCode OpenAdmin = new("CH1013", false, "The admin listener is open to other machines");
    public static readonly SettingsCode UnknownHookEvent = new("CH1014", false, "A hook for an event nobody knows");
    public static readonly SettingsCode NotUsable = new("CH1015", false, "A connection that cannot be used yet");
    public static readonly SettingsCode ClosedWindow = new("CH1016", true, "A retry window that never opens");

    public static IReadOnlyList<SettingsCode> All { get; } =
    [
        Unreadable, Unknown, WrongValue, Missing, UnknownConnector, WrongName, UnknownHook, OpenHook, EmptySecret, LiteralSecret,
        ReadableSecret, Contradiction, OpenAdmin, UnknownHookEvent, NotUsable, ClosedWindow,
    ];
}
