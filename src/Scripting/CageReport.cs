namespace ConnectorHub.Scripting;

// This file is compiled into the pool and into the script host.

/// <summary>One layer of a host's cage.</summary>
/// <param name="Missing">Null where it holds, else why it does not.</param>
public sealed record CageLayer(string Name, string? Missing)
{
    /// <summary>No core files, no room to write, few descriptors, bounded memory.</summary>
    public const string Limits = "limits";

    /// <summary>Landlock: reads its own program and the time zones, nothing else.</summary>
    public const string Files = "landlock";

    /// <summary>Seccomp: no network, no programs, no writing, no other processes.</summary>
    public const string Calls = "seccomp";
}

/// <summary>Which bars hold around a script host. The host says it when it is ready.</summary>
public sealed record CageReport(IReadOnlyList<CageLayer> Layers)
{
    /// <summary>For the pipe: a line for each layer.</summary>
    public string ToText() => string.Join('\n', Layers.Select(layer => $"{layer.Name}:{layer.Missing}"));

    /// <summary>What <see cref="ToText"/> wrote.</summary>
    public static CageReport Parse(string text) =>
        new([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).Select(part => new CageLayer(part[0], part is [_, { Length: > 0 } why] ? why : null))]);
}
