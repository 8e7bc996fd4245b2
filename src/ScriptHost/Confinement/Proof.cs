using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ConnectorHub.Scripting;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>
/// <c>scripthost prove FILE</c>: tries from inside the cage what a script must never reach, as code that has broken out of the engine would,
/// and prints what came of each. FILE is one that the user may read and write.
/// </summary>
internal static class Proof
{
    public const string Done = "DONE";

    public static void Run(CageReport report, string file, TextWriter output)
    {
        output.WriteLine(report.ToText());
        foreach (var (where, run) in new (string, Action<Action>)[] { ("new thread", OnNewThread), ("pool thread", OnPoolThread), ("finalizer", FinalizerThread.Run), ("main", work => work()) })
        {
            foreach (var (what, attempt) in Attempts(file))
                run(() => output.WriteLine($"{where}: {what}: {Outcome(attempt)}"));
        }

        output.WriteLine($"environment: {string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal))}");
        // Last: done, it would replace this program.
        output.WriteLine($"main: become another program: {Outcome(BecomeAnother)}");
    }

    private static IEnumerable<(string What, Action Attempt)> Attempts(string file)
    {
        yield return ("open a network socket", () => Raw(_ => (Arm ? 198 : 41, 2, 1, 0)));
        yield return ("open a local socket", () => Raw(_ => (Arm ? 198 : 41, 1, 1, 0)));
        yield return ("look up a name", () => Dns.GetHostAddresses("localhost"));
        yield return ("read a file", () => File.ReadAllText(file));
        yield return ("read the users", () => File.ReadAllText("/etc/passwd"));
        yield return ("list the root folder", () => Directory.GetFileSystemEntries("/"));
        yield return ("read its environment", () => File.ReadAllText("/proc/self/environ"));
        yield return ("read another's environment", () => File.ReadAllText($"/proc/{Parent}/environ"));
        yield return ("write a file", () => File.AppendAllText(file, "x"));
        yield return ("make a file", () => File.WriteAllText(file + ".new", "x"));
        yield return ("delete a file", () => Delete(file));
        yield return ("start a program", () => Process.Start("/bin/true")!.WaitForExit());
        yield return ("signal another process", () => Raw(calls => ((nint)calls.Kill, Parent, 0, 0)));
        yield return ("make a process", Fork);
        yield return ("follow another process", () => Raw(_ => (Arm ? 117 : 101, 1, Parent, 0)));
        yield return ("read another's memory", () => Raw(_ => (Arm ? 270 : 310, Parent, 0, 0)));
        yield return ("make a name space", () => Raw(_ => (Arm ? 97 : 272, 0x10000000, 0, 0)));
        yield return ("open a ring of calls", () => Raw(_ => (425, 0, 0, 0)));
        yield return ("open a door to the kernel", () => Raw(_ => (Arm ? 280 : 321, 0, 0, 0)));
        yield return ("make a file in memory", () => Raw(_ => (Arm ? 279 : 319, 0, 0, 0)));
        yield return ("change its limits", ChangeLimits);
    }

    private static bool Arm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static nint Parent => Libc.Call(Arm ? 173 : 110, 0, 0, 0, 0, 0);

    private static string Outcome(Action attempt)
    {
        try
        {
            attempt();
            return Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException or Win32Exception or TypeInitializationException)
        {
            return $"refused ({exception.GetType().Name})";
        }
    }

    private static void Raw(Func<SystemCalls, (nint Number, nint First, nint Second, nint Third)> ask)
    {
        var (number, first, second, third) = ask(SystemCalls.OfThisMachine!);
        // A call that was let through may still complain of its arguments; only these two say that it was not allowed.
        if (Libc.Call(number, first, second, third, 0, 0) < 0 && Marshal.GetLastPInvokeError() is Libc.OperationNotPermitted or Libc.AccessDenied)
            throw new Win32Exception(Libc.OperationNotPermitted);
    }

    private static void Fork()
    {
        const nint ChildEnded = 17;
        var child = Libc.Call((nint)SystemCalls.OfThisMachine!.StartThread, ChildEnded, 0, 0, 0, 0);
        if (child == 0)
            _ = Libc.Call(Arm ? 94 : 231, 0, 0, 0, 0, 0);
        if (child < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static unsafe void ChangeLimits()
    {
        const nint OpenFiles = 7;
        var limits = stackalloc ulong[] { 128, 128 };
        if (Libc.Call((nint)SystemCalls.OfThisMachine!.Limits, 0, OpenFiles, (nint)limits, 0, 0) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    // File.Delete is content with a file that it cannot see.
    private static void Delete(string file)
    {
        File.Delete(file);
        if (File.Exists(file))
            throw new IOException("It is still there.");
    }

    private static unsafe void BecomeAnother()
    {
        fixed (byte* path = "/bin/true\0"u8)
        {
            var none = stackalloc nint[] { (nint)path, 0 };
            if (Libc.Call(Arm ? 221 : 59, (nint)path, (nint)none, (nint)(none + 1), 0, 0) < 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static void OnNewThread(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        thread.Join();
    }

    private static void OnPoolThread(Action work)
    {
        using var done = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            work();
            done.Set();
        });
        done.Wait();
    }
}
