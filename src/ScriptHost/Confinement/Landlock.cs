using System.Runtime.InteropServices;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>
/// Landlock: leaves a thread, and those it starts, the right to read a few folders and no other right on files, and no TCP.
/// The kernel's version decides how many rights can be taken; each is taken that can be.
/// </summary>
internal static unsafe class Landlock
{
    private const nint AskVersion = 1;
    private const nint PlaceRule = 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const int PathOnlyCloseOnExec = 0x200000 | 0x80000;

    [StructLayout(LayoutKind.Sequential)]
    private struct Rights
    {
        public ulong Files;
        public ulong Network;
        public ulong Scope;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Place
    {
        public ulong Allowed;
        public int Descriptor;
    }

    /// <summary>Null once this thread may only read these folders and files, or why not.</summary>
    public static string? Restrict(IEnumerable<string> places)
    {
        var version = Libc.Call((nint)SystemCalls.CreateRuleset, 0, 0, AskVersion, 0, 0);
        if (version < 1)
            return Why(Marshal.GetLastPInvokeError());
        var rights = new Rights { Files = FileRights(version), Network = version >= 4 ? 3u : 0, Scope = version >= 6 ? 1u : 0 };
        var ruleset = (int)Libc.Call((nint)SystemCalls.CreateRuleset, (nint)(&rights), version >= 6 ? 24 : version >= 4 ? 16 : 8, 0, 0, 0);
        if (ruleset < 0)
            return Why(Marshal.GetLastPInvokeError());
        foreach (var place in places)
            Allow(ruleset, place);
        // The kernel asks for this promise; it counts for a thread and what that starts.
        Limits.GrowNoRights();
        var done = Libc.Call((nint)SystemCalls.RestrictSelf, ruleset, 0, 0, 0, 0);
        var error = Marshal.GetLastPInvokeError();
        Libc.Close(ruleset);
        return done == 0 ? null : Why(error);
    }

    private static ulong FileRights(nint version) => version switch
    {
        1 => 0x1FFF,
        2 => 0x3FFF,
        3 or 4 => 0x7FFF,
        _ => 0xFFFF,
    };

    private static void Allow(int ruleset, string path)
    {
        // What does not exist here needs no permission.
        var place = new Place { Allowed = Directory.Exists(path) ? ReadFile | ReadFolder : ReadFile, Descriptor = Libc.Open(path, PathOnlyCloseOnExec, 0) };
        if (place.Descriptor < 0)
            return;
        _ = Libc.Call((nint)SystemCalls.AddRule, ruleset, PlaceRule, (nint)(&place), 0, 0);
        Libc.Close(place.Descriptor);
    }

    private static string Why(int error) => error switch
    {
        Libc.NoSuchCall => "this kernel has none (Linux 5.13 and later have it)",
        Libc.NotSupported => "it is switched off on this machine (kernel parameter lsm=)",
        Libc.OperationNotPermitted or Libc.AccessDenied => "the container or the system forbids it",
        _ => $"the kernel refused it (error {error})",
    };
}
