using System.Runtime.InteropServices;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>Seccomp: holds every thread of this process, and all that it starts, to the calls of <see cref="FilterProgram"/>.</summary>
internal static unsafe class SystemCallFilter
{
    private const nint SetFilter = 1;
    private const nint AllThreads = 1;

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterText
    {
        public ushort Length;
        public FilterStep* Steps;
    }

    /// <summary>Null once it holds, or why it does not.</summary>
    public static string? Install()
    {
        if (SystemCalls.OfThisMachine is not { } calls)
            return $"the filter does not know {RuntimeInformation.ProcessArchitecture} processors";
        var steps = FilterProgram.For(calls, (uint)Environment.ProcessId);
        fixed (FilterStep* first = steps)
        {
            var text = new FilterText { Length = (ushort)steps.Length, Steps = first };
            return Libc.Call((nint)calls.Seccomp, SetFilter, AllThreads, (nint)(&text), 0, 0) switch
            {
                0 => null,
                > 0 and var thread => $"thread {thread} could not be filtered",
                _ => Why(Marshal.GetLastPInvokeError()),
            };
        }
    }

    private static string Why(int error) => error switch
    {
        Libc.NoSuchCall or Libc.Invalid => "this kernel has no filters for system calls",
        Libc.OperationNotPermitted or Libc.AccessDenied => "the container or the system forbids to set a filter",
        _ => $"the kernel refused it (error {error})",
    };
}
