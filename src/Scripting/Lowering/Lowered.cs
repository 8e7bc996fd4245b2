namespace ConnectorHub.Scripting.Lowering;

/// <summary>What came of lowering a snippet to the JavaScript the engine reads.</summary>
internal abstract record Lowered
{
    private Lowered()
    {
    }

    /// <summary>It is plain ES5: the engine reads it as it stands.</summary>
    public sealed record Plain : Lowered
    {
        public static readonly Plain Instance = new();
    }

    /// <param name="Map">Where each part of it came from, as a source map's mappings.</param>
    public sealed record Code(string Text, string Map) : Lowered;

    /// <summary>It is no script, or asks for what scripts do not have. 1-based.</summary>
    public sealed record Refused(string Message, int Line, int Column) : Lowered;

    /// <summary>Nothing is known of it: the compile process failed, and may do better next time.</summary>
    public sealed record Failed(string Message) : Lowered;
}
