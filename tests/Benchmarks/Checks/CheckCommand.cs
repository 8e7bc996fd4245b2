using System.Diagnostics;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.Benchmarks.Checks;

/// <summary><c>check</c>: how long the built program takes to check a folder of many recipes, its own start included.</summary>
internal static class CheckCommand
{
    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var count = options.Number("recipes", 1_000);
        var folder = Programs.NewFolder("check");
        try
        {
            await WriteAsync(folder, count, cancellationToken);
            for (var round = 1; round <= options.Number("rounds", 3); round++)
            {
                var (seconds, output) = await TimeAsync(Programs.Gateway(options.Find("gateway")), folder, cancellationToken);
                Console.WriteLine($"round {round}: {seconds:0.00} s: {output.TrimEnd().Split('\n')[^1]}");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The shipped recipes in turn, no two alike: each has its own name, and each snippet its own line.</summary>
    private static async Task WriteAsync(string folder, int count, CancellationToken cancellationToken)
    {
        var shipped = Directory.EnumerateFiles(Path.Combine(Programs.Root, "recipes"), "*.yaml").Order(StringComparer.Ordinal).ToList();
        var texts = shipped.Where(file => Path.GetFileName(file) != "shared.yaml").Select(File.ReadAllText).ToList();
        if (shipped.FirstOrDefault(file => Path.GetFileName(file) == "shared.yaml") is { } shared)
        {
            File.Copy(shared, Path.Combine(folder, "shared.yaml"));
        }

        for (var i = 0; i < count; i++)
        {
            var text = texts[i % texts.Count].Replace("\nname: ", $"\nname: Copy {i} of ", StringComparison.Ordinal).Replace("js: |\n", $"js: |\n      // {i}\n", StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder, $"recipe-{i:0000}.yaml"), text, cancellationToken);
        }
    }

    private static async Task<(double Seconds, string Output)> TimeAsync(string gateway, string folder, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Programs.Dotnet, [gateway, "check", folder]) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (TimeProvider.System.GetElapsedTime(start).TotalSeconds, output);
    }
}
