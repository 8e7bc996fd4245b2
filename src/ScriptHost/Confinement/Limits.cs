using System.Globalization;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>What every Linux lets a process take from itself: core files, room to write, descriptors, memory, rights to come.</summary>
internal static unsafe class Limits
{
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;

    private const int FileSize = 1;
    private const int Data = 2;
    private const int CoreSize = 4;
    private const int OpenFiles = 7;

    // The runtime keeps each of its own files open twice: about 60 in a warm host.
    private const ulong MaxOpenFiles = 256;
    private const ulong Megabyte = 1024 * 1024;

    // Stacks count in full, used or not: beside the answering thread's the parser's of 256 MB, and those the runtime may still start.
    private const ulong StacksMegabytes = 384;
    private const ulong BesideMegabytes = 192;

    /// <summary>Null once they hold, or why one does not.</summary>
    /// <param name="heapMegabytes">The heap has a limit of its own. This one is for all writable memory, whoever asks for it.</param>
    /// <param name="stackBytes">Of the answering thread.</param>
    public static string? Apply(ulong heapMegabytes, int stackBytes)
    {
        CloseInherited();
        var memory = WritableMegabytes() + heapMegabytes + ((ulong)stackBytes / Megabyte) + StacksMegabytes + BesideMegabytes;
        string?[] refused =
        [
            Set(CoreSize, 0) ? null : "core files",
            Set(FileSize, 0) ? null : "file size",
            Set(OpenFiles, MaxOpenFiles) ? null : "open files",
            Set(Data, memory * Megabyte) ? null : "memory",
            GrowNoRights() ? null : "new rights",
            // Keeps other processes of the same user from reading this one's memory.
            Libc.ProcessControl(SetDumpable, 0, 0, 0, 0) == 0 ? null : "dumps",
        ];
        return refused.Any(name => name is not null) ? $"the system refused the limit on {string.Join(", ", refused.OfType<string>())}" : null;
    }

    /// <summary>No program that this thread starts may have more rights than it has.</summary>
    public static bool GrowNoRights() => Libc.ProcessControl(SetNoNewPrivileges, 1, 0, 0, 0) == 0;

    // What this program opened itself is marked to close when it starts another; what is not marked so came from the parent.
    private static void CloseInherited()
    {
        foreach (var entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2 && !Libc.IsCloseOnExec(descriptor))
                Libc.Close(descriptor);
        }
    }

    // "VmData:	  354960 kB"
    private static ulong WritableMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmData:", StringComparison.Ordinal));
        return line is not null && ulong.TryParse(line.AsSpan("VmData:".Length, line.Length - "VmData:kB".Length).Trim(), CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes / 1024
            : 512;
    }

    private static bool Set(int resource, ulong value)
    {
        var both = stackalloc ulong[] { value, value };
        return Libc.SetLimit(resource, both) == 0;
    }
}
