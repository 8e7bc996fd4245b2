using System.Runtime.InteropServices;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>The few calls of the C library that lock a process up. Linux only.</summary>
internal static unsafe partial class Libc
{
    public const int OperationNotPermitted = 1;
    public const int AccessDenied = 13;
    public const int Invalid = 22;
    public const int NoSuchCall = 38;
    public const int NotSupported = 95;

    private const int GetDescriptorFlags = 1;
    private const long CloseOnExec = 1;

    public static bool IsCloseOnExec(int descriptor) => Control(descriptor, GetDescriptorFlags, 0) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, ulong* softAndHard);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, nint value);
}
