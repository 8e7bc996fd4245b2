using System.Runtime.InteropServices;
using ConnectorHub.Scripting;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>
/// Locks this process up, as far as the system lets an ordinary user do it. Called first of all, by whatever this program is started for:
/// a thread passes its bars on to those it starts, so nothing may be started before. See decisions/0017.
/// </summary>
internal static class Cage
{
    // Beside the program and its runtime: the time zones, and what the runtime asks about chance, memory and processors.
    private static readonly string[] Readable =
    [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo", "/dev/urandom", "/proc/meminfo", "/sys/devices/system/cpu",
    ];

    /// <param name="heapMegabytes">What the managed heap may come to take; the limit on all memory follows from it and the stack.</param>
    /// <param name="stackBytes">That of the thread that will answer.</param>
    public static CageReport Enter(ulong heapMegabytes, int stackBytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            const string Why = "only Linux has it";
            return new CageReport([new(CageLayer.Limits, Why), new(CageLayer.Files, Why), new(CageLayer.Calls, Why)]);
        }

        string[] readable = [RuntimeEnvironment.GetRuntimeDirectory(), AppContext.BaseDirectory, .. Readable];
        return new CageReport(
        [
            new(CageLayer.Limits, Limits.Apply(heapMegabytes, stackBytes)),
            new(CageLayer.Files, Landlock.Restrict(readable) ?? OnFinalizerThread(() => Landlock.Restrict(readable))),
            new(CageLayer.Calls, SystemCallFilter.Install()),
        ]);
    }

    // Started by the runtime before this program was: it has to be locked up by itself.
    private static string? OnFinalizerThread(Func<string?> work)
    {
        string? result = "the thread of finalizers did not answer";
        FinalizerThread.Run(() => result = work());
        return result;
    }
}
