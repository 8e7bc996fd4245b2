using System.Text.Json;

namespace ConnectorHub.Gateway.Settings;

/// <summary>
/// The settings file as configuration, and nothing else in it but environment variables that start with <c>CONNECTORHUB_</c>
/// (<c>CONNECTORHUB_Runs__Concurrency=64</c>): every other variable of the machine would be judged as a setting.
/// </summary>
internal static class SettingsFile
{
    public const string VariablePrefix = "CONNECTORHUB_";

    public static (IConfiguration? Configuration, SettingsFinding? Finding) Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return (new ConfigurationBuilder().AddJsonStream(stream).AddEnvironmentVariables(VariablePrefix).Build(), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(path, $"{path} does not exist. Copy appsettings.example.json there.");
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException)
        {
            return Unreadable(path, $"{path} is not JSON: {(e.InnerException ?? e).Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, $"{path} cannot be opened ({e.GetType().Name}). See who may read it.");
        }
    }

    private static (IConfiguration?, SettingsFinding?) Unreadable(string path, string message) =>
        (null, new SettingsFinding(Path.GetFileName(path), SettingsCodes.Unreadable, message));
}
