using ConnectorHub.Scripting;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Section <c>Scripts</c>: the processes that evaluate a recipe's JavaScript.</summary>
internal sealed record ScriptsOptions
{
    /// <summary>Processes kept ready; 0 is one for each core, at most 4.</summary>
    public int Hosts { get; init; }

    /// <summary>Processor time one snippet may use.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time one snippet may take by the clock.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Memory of one process, in megabytes.</summary>
    public int HeapMegabytes { get; init; } = 64;

    /// <summary>As the script pool takes them.</summary>
    /// <param name="dataFolder">Where prepared scripts are kept; null keeps them in memory.</param>
    public ScriptPoolOptions ToPoolOptions(string? dataFolder) => new()
    {
        Hosts = Hosts > 0 ? Hosts : new ScriptPoolOptions().Hosts,
        Cpu = Cpu,
        Wall = Wall,
        HeapMegabytes = HeapMegabytes,
        LoweredFolder = dataFolder is null ? null : Path.Combine(dataFolder, "scripts"),
    };

    public static ScriptsOptions Read(SectionReader section)
    {
        var defaults = new ScriptsOptions();
        var options = new ScriptsOptions
        {
            Hosts = section.WholeNumber(nameof(Hosts), defaults.Hosts, 0, 64),
            Cpu = section.Duration(nameof(Cpu), defaults.Cpu, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10)),
            Wall = section.Duration(nameof(Wall), defaults.Wall, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            HeapMegabytes = section.WholeNumber(nameof(HeapMegabytes), defaults.HeapMegabytes, 16, 4096),
        };
        section.Finish();
        if (options.Wall < options.Cpu)
        {
            section.Add(
                nameof(Wall),
                SettingsCodes.Contradiction,
                $"'{Durations.Format(options.Wall)}' is less than Scripts:Cpu '{Durations.Format(options.Cpu)}', which could then never be used up.");
        }

        return options;
    }
}
