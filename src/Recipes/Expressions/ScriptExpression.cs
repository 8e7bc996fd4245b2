using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A <c>js:</c> value. What the script returns is escaped like any other value that is placed in a field.</summary>
public sealed class ScriptExpression(ScriptSource source, TextKind kind) : Expression
{
    /// <summary>The code and its place.</summary>
    public ScriptSource Source => source;

    /// <summary>Where the result lands.</summary>
    public TextKind Kind => kind;

    /// <inheritdoc/>
    public override bool UsesScript => true;

    internal override bool LeftOutWhenNothing => true;

    /// <inheritdoc/>
    public override async ValueTask<Evaluated> EvaluateAsync(Evaluation evaluation)
    {
        var result = await evaluation.Scripts(source, evaluation).ConfigureAwait(false);
        return result.Failure is null ? TextEscape.Escape(kind, result.Value) : result;
    }

    /// <inheritdoc/>
    public override Evaluated EvaluateNow(Scope scope, DateTimeZone? zone, List<string>? warnings = null) =>
        new EvaluationFailure(
            EvaluationFailure.ScriptNotHere,
            $"{source.File}({source.Line},{source.Column}): a script stands where none may run. Use a placeholder with filters, or compute it in a step's values.",
            source.Line,
            source.Column,
            Transient: false);
}
