namespace ConnectorHub.Values;

/// <summary>One step of a path after its root. Closed.</summary>
internal abstract record PathSegment
{
    private PathSegment()
    {
    }

    /// <summary><c>.name</c> or <c>['odd name']</c>; plain names also ask a list for its first, last or count.</summary>
    public sealed record Name(string Text, bool Plain) : PathSegment;

    /// <summary><c>[0]</c>.</summary>
    public sealed record Index(int Place) : PathSegment;

    /// <summary><c>[*]</c>: every item; what follows is asked of each.</summary>
    public sealed record All : PathSegment;

    /// <summary><c>[id='email']</c>: the first item whose member has that value.</summary>
    public sealed record Match(IReadOnlyList<string> Key, Value Expected) : PathSegment;
}
