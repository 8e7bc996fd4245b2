using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>A script's code and where it stands.</summary>
/// <param name="Hash">SHA-256 of the code, hex.</param>
/// <param name="File">The recipe file, for messages.</param>
/// <param name="Line">Where the first line of the code stands in the file, from 1.</param>
/// <param name="Column">Where it begins in that line, from 1.</param>
public sealed record ScriptSource(string Code, string Hash, string File, int Line, int Column);

/// <summary>Runs a script with the names of an evaluation.</summary>
public delegate ValueTask<Evaluated> ScriptRunner(ScriptSource script, Evaluation evaluation);

/// <summary>One rendering: the names, the zone, and what is to be said about it afterwards.</summary>
public sealed class Evaluation(Scope scope, DateTimeZone? zone, ScriptRunner scripts, CancellationToken cancellationToken)
{
    /// <summary>The names.</summary>
    public Scope Scope => scope;

    /// <summary>The zone of the step, the recipe or the hub; null where none is set.</summary>
    public DateTimeZone? Zone => zone;

    /// <summary>Runs the scripts.</summary>
    public ScriptRunner Scripts => scripts;

    /// <summary>Ends the scripts.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>What a person should know: values that were missing inside a text.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What its scripts said with <c>hub.log</c>: text, never markup.</summary>
    public List<string> Log { get; } = [];
}

/// <summary>Why a value could not be made.</summary>
/// <param name="Code">CH3xxx for scripts, <see cref="FilterFailed"/> for filters.</param>
/// <param name="Message">Place, found, allowed, fix.</param>
/// <param name="Line">For a filter: the line within the text of the value, from 1; for a script: the line in the recipe file.</param>
/// <param name="Column">The column in that line, from 1.</param>
/// <param name="Transient">True where a later try may succeed.</param>
/// <param name="HostDied">True where the script ended its host.</param>
public sealed record EvaluationFailure(string Code, string Message, int Line, int Column, bool Transient, bool HostDied = false)
{
    /// <summary>Set where nothing was tried: after this time it may be, and the wait uses no try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The code of a filter that could not work on the value it got.</summary>
    public const string FilterFailed = "CH2050";

    /// <summary>The code of a value that would be larger than <see cref="Value.GreatestWeight"/>.</summary>
    public const string TooHeavy = "CH2052";

    /// <summary>The code of a script at a place where none may run.</summary>
    public const string ScriptNotHere = "CH2051";

    internal static EvaluationFailure Heavy { get; } = new(
        TooHeavy, "A value of more than 16 MB would be made. Place a part of it: one member, | first, | where or | truncate.", 1, 1, Transient: false);

    /// <summary>The value, or the failure that it is too large.</summary>
    internal static Evaluated Weighed(Value value) => value.Weight > Value.GreatestWeight ? Heavy : value;
}

/// <summary>A value or a failure.</summary>
public readonly struct Evaluated
{
    private readonly Value? _value;

    private Evaluated(Value? value, EvaluationFailure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>The value; Missing where there is a failure.</summary>
    public Value Value => _value ?? Value.Missing;

    /// <summary>The failure, or null.</summary>
    public EvaluationFailure? Failure { get; }

    /// <summary>A value.</summary>
    public static implicit operator Evaluated(Value value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator Evaluated(EvaluationFailure failure) => new(null, failure);
}
