using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>What a process and everything below it have used, read from /proc; Linux only.</summary>
internal sealed record ProcessMeter(TimeSpan Cpu, double PeakMegabytes, double ChildrenPeakMegabytes)
{
    // USER_HZ is 100 on every Linux architecture .NET runs on.
    private const double TicksPerSecond = 100;

    public static ProcessMeter Read(int process)
    {
        var tree = Tree(process).ToList();
        return new ProcessMeter(
            TimeSpan.FromSeconds(tree.Sum(CpuTicks) / TicksPerSecond), PeakOf(process), tree.Where(id => id != process).Sum(PeakOf));
    }

    /// <summary>The memory each process holds now, in MB: first the process itself.</summary>
    public static IReadOnlyList<double> Residents(int process) => [.. Tree(process).Select(id => Megabytes(id, "VmRSS:"))];

    private static IEnumerable<int> Tree(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(Parent);
        var open = new Stack<int>([root]);
        while (open.TryPop(out var id))
        {
            yield return id;
            foreach (var child in parents[id])
            {
                open.Push(child);
            }
        }
    }

    // The name in the second field may hold blanks and brackets: fields are counted from the last bracket. Children that ended and
    // were waited for are part of their parent's figures.
    private static string[] Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static int Parent(int process) => Stat(process) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    private static double CpuTicks(int process) =>
        Stat(process) is { Length: > 14 } fields ? fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) : 0;

    private static double PeakOf(int process) => Megabytes(process, "VmHWM:");

    private static double Megabytes(int process, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[name.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
