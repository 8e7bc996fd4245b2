using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ConnectorHub.Scripting;

/// <summary>The one way a process of the script host program is started, whatever it is to do: nothing of this process's environment, pipes only.</summary>
internal static class HostStart
{
    /// <summary>A process that is starting, or a sentence that says why there is none.</summary>
    /// <param name="words">What the program is told to do.</param>
    public static (Process? Process, string? Problem) Start(ScriptPoolOptions options, params IEnumerable<string> words)
    {
        var path = options.Program;
        if (!File.Exists(path))
            return (null, $"'{path}' does not exist. Publish the program with its scripthost folder.");
        if (DotnetHost.Find() is not { } dotnet)
            return (null, "no 'dotnet' was found beside the runtime that runs this program. Install the .NET runtime.");
        try
        {
            return Process.Start(Terms(dotnet, path, words)) is { } process ? (process, null) : (null, "the process could not be started.");
        }
        catch (Win32Exception exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>What a process that answers asks is told: what for, and its heap.</summary>
    public static IEnumerable<string> Words(ScriptPoolOptions options) =>
        [.. options.Compiles ? ["compile"] : Array.Empty<string>(), Math.Clamp(options.HeapMegabytes, 32, 256).ToString(CultureInfo.InvariantCulture)];

    private static ProcessStartInfo Terms(string dotnet, string path, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(dotnet)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(path)),
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.GetFullPath(path));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        // Nothing of this process's environment: it may hold secrets.
        start.Environment.Clear();
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(dotnet);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
