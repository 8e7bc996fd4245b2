using System.Runtime.InteropServices;

namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>Where the built programs are, and free ports for them.</summary>
internal static class Programs
{
    /// <summary>The dotnet that runs this program.</summary>
    public static string Dotnet { get; } = FindDotnet();

    /// <summary>This program, to start its commands as processes of their own.</summary>
    public static string Bench { get; } = typeof(Programs).Assembly.Location;

    /// <summary>The gateway as the solution built it, in the configuration this program was built in.</summary>
    /// <exception cref="FileNotFoundException">The gateway has not been built.</exception>
    public static string Gateway(string? given = null)
    {
        var path = given ?? Path.Combine(Root, "src", "Gateway", "bin", Configuration(), "net10.0", "connectorhub.dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing: build the solution in {Configuration()} first.");
    }

    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>A new folder of our own below the system's folder for temporary files.</summary>
    public static string NewFolder(string purpose) => Directory.CreateTempSubdirectory($"connectorhub-{purpose}-").FullName;

    private static string Configuration() => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        ? "Release"
        : "Debug";

    /// <summary>The folder of the solution.</summary>
    /// <exception cref="FileNotFoundException">This program does not stand below it.</exception>
    public static string Root => FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ConnectorHub.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new FileNotFoundException($"No ConnectorHub.sln above {AppContext.BaseDirectory}: name the gateway with --gateway.");
        }

        return folder;
    }

    // The framework lies in <dotnet>/shared/Microsoft.NETCore.App/<version>; the dotnet that fits it is three folders up.
    private static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var path = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }
}
