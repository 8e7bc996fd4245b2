using System.Diagnostics;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.EndToEnd.Commands;

/// <summary>The built program, called as a person calls it.</summary>
internal static class CommandLine
{
    public static Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments) => RunWithAsync(folder, "", arguments);

    /// <param name="input">What the program reads from its standard input.</param>
    public static async Task<(int ExitCode, string Output)> RunWithAsync(string folder, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Dotnet, [Programs.Gateway(), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }
}
