namespace ConnectorHub.Scripting;

/// <summary>The limits of the script pool.</summary>
public sealed record ScriptPoolOptions
{
    /// <summary>Host processes, each evaluating one script at a time. Default: the cores, at most 4.</summary>
    public int Hosts { get; init; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>How long one script may take by the clock on the wall.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How much processor time one script may use.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The managed heap of one host, for everything: engine, values and script. 32 to 256.</summary>
    public int HeapMegabytes { get; init; } = 64;

    /// <summary>The longest JSON a script may return.</summary>
    public int MaxOutputBytes { get; init; } = 1024 * 1024;

    /// <summary>The longest JSON of names a script may get.</summary>
    public int MaxInputBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The host program; null is <c>scripthost/scripthost.dll</c> beside this program.</summary>
    public string? HostPath { get; init; }

    /// <summary>A host is replaced after this many scripts, so that nothing can pile up in it.</summary>
    public int RunsPerHost { get; init; } = 100_000;

    /// <summary>A host that takes this much more memory than its heap may is replaced. Looked at every few scripts.</summary>
    public int MegabytesBesideHeap { get; init; } = 96;

    /// <summary>Whether one more host is kept ready, for the moment another ends.</summary>
    public bool Spare { get; init; } = true;

    /// <summary>Where lowered snippets are kept over a restart; null keeps them in memory.</summary>
    public string? LoweredFolder { get; init; }

    /// <summary>How much processor time lowering one snippet may use; four times as long by the clock.</summary>
    internal TimeSpan CompileCpu { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The compile process ends when nothing was to lower for so long.</summary>
    internal TimeSpan CompileIdle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The process lowers snippets and runs none.</summary>
    internal bool Compiles { get; init; }

    internal string Program => HostPath ?? Path.Combine(AppContext.BaseDirectory, "scripthost", "scripthost.dll");
}
