using System.Runtime.InteropServices;

namespace ConnectorHub.Scripting;

/// <summary>The <c>dotnet</c> program of the runtime this process runs on.</summary>
internal static class DotnetHost
{
    public static string? Find()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent;
        if (root is not null && File.Exists(Path.Combine(root.FullName, name)))
            return Path.Combine(root.FullName, name);
        return Path.GetFileName(Environment.ProcessPath) == name ? Environment.ProcessPath : null;
    }
}
