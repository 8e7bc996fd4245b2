using System.Runtime.CompilerServices;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>The one thread that runs programs' code and that the runtime starts by itself, before the program.</summary>
internal static class FinalizerThread
{
    /// <summary>Runs the work there and waits for it.</summary>
    public static void Run(Action work)
    {
        Leave(work);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(Action work) => _ = new Errand(work);

    private sealed class Errand(Action work)
    {
        ~Errand() => work();
    }
}
