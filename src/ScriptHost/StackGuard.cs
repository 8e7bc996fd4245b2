namespace ConnectorHub.ScriptHost;

/// <summary>
/// Says when the evaluating thread nears the end of its stack. The runtime's own check keeps 64 KB in reserve,
/// which is less than the engine needs for one deeply nested expression.
/// </summary>
internal static unsafe class StackGuard
{
    public const int ThreadStackBytes = 16 * 1024 * 1024;
    private const int Reserve = 6 * 1024 * 1024;

    [ThreadStatic]
    private static nint _top;

    [ThreadStatic]
    private static nint _usable;

    public static bool IsNearEnd
    {
        get
        {
            byte here;
            return _top - (nint)(&here) > _usable;
        }
    }

    /// <summary>At the start of the thread that evaluates.</summary>
    /// <param name="stackBytes">What the thread was made with.</param>
    public static void MeasureFromHere(int stackBytes = ThreadStackBytes)
    {
        byte here;
        _top = (nint)(&here);
        _usable = stackBytes - Reserve;
    }
}
