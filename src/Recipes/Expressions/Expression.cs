using ConnectorHub.Values;
using NodaTime;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A path that an expression reads.</summary>
/// <param name="Path">The path.</param>
/// <param name="Offset">Where it stands in the text of its template or condition.</param>
/// <param name="MayBeMissing">True where the recipe says what happens without it: <c>??</c>, <c>default</c>, <c>exists</c>.</param>
public sealed record PathUse(Path Path, int Offset, bool MayBeMissing)
{
    /// <summary>The path as written.</summary>
    public string Text => Path.Text;
}

/// <summary>What a value of a recipe is made by. Compiled once, used by any number of threads. Closed.</summary>
public abstract class Expression
{
    private protected Expression()
    {
    }

    /// <summary>True where a script runs in it.</summary>
    public virtual bool UsesScript => false;

    /// <summary>The paths it reads; scripts do not say theirs.</summary>
    public virtual IEnumerable<PathUse> Paths => [];

    /// <summary>True where it is left out of a map when it comes to nothing (missing or null).</summary>
    internal virtual bool LeftOutWhenNothing => false;

    /// <summary>Makes the value.</summary>
    public virtual ValueTask<Evaluated> EvaluateAsync(Evaluation evaluation) =>
        ValueTask.FromResult(EvaluateNow(evaluation.Scope, evaluation.Zone, evaluation.Warnings));

    /// <summary>Makes the value at once; a failure where it uses a script.</summary>
    /// <param name="warnings">Where to say what was missing inside a text; null for nowhere.</param>
    public abstract Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null);
}

/// <summary>A value written out in the recipe.</summary>
public sealed class Constant(Value value) : Expression
{
    /// <summary>The value.</summary>
    public Value Value => value;

    /// <inheritdoc/>
    public override Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null) => value;
}
