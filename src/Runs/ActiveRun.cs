using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>The input of a step, or why it could not be made.</summary>
internal readonly record struct Rendered(JsonElement Input, EvaluationFailure? Failure);

/// <summary>What an earlier run made, by the name of the value that asks and the key.</summary>
internal delegate ValueTask<Value> Recall(string name, string key, CancellationToken cancellationToken);

/// <summary>The business name of what a step makes, or what of it is missing.</summary>
internal readonly record struct StepKey(string? Key, string? Incomplete);

/// <summary>A claimed run in memory: its recipe, its event, how far it has come.</summary>
internal sealed partial class ActiveRun
{
    /// <summary>What the note of a run that a <c>stop</c> has ended begins with.</summary>
    public const string Stopped = "stopped: ";

    private readonly Dictionary<string, Value> _outputs = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly Scope _scope;
    private readonly RunRow _row;
    private Dictionary<string, Value>? _lets;
    private bool _letsStored;
    private bool _rehearsedStep;
    private int _stepTries;

    public ActiveRun(RunRow row, Recipe recipe, KnownEvent known, Value shared)
    {
        _row = row;
        Recipe = recipe;
        Event = known;
        StepIndex = row.StepIndex;
        _stepTries = row.StepTries;
        Attempts = row.Attempts;
        _scope = known.Scope(shared);
        RestoreOutputs(row.Outputs);
        RestoreLets(row.Lets);
    }

    public string Id => _row.Id;

    public Recipe Recipe { get; }

    public KnownEvent Event { get; }

    public int StepIndex { get; private set; }

    /// <summary>Tries used at the step, or at its item.</summary>
    public int StepTries => Item?.Tries ?? _stepTries;

    /// <summary>The item of a <c>for_each</c> it is at; null where its step has none.</summary>
    public Item? Item { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Part of its effect keys. A notice shares none with the run it tells of.</summary>
    public int EffectGeneration => IsNotice ? _row.Generation : _row.EffectGeneration;

    public long Epoch => _row.Epoch;

    public bool Rehearsal => _row.Rehearsal;

    /// <summary>From when its time counts: its beginning, or when a person let it go on.</summary>
    public DateTimeOffset CountsFrom => _row.ReplayedAt ?? _row.CreatedAt;

    /// <summary>When a person let it go on; null where nobody did.</summary>
    public DateTimeOffset? ReplayedAt => _row.ReplayedAt;

    /// <summary>Whose line it stands in; null where it waits for no other.</summary>
    public string? Line => _row.OrderKey;

    public bool HasLets => _lets is not null && !(_lets.Count == 1 && _lets.ContainsKey(LogName));

    /// <summary>True once the run's last change was a final one.</summary>
    public bool Ended { get; private set; }

    public RecipeStep? CurrentStep => StepIndex < Steps.Count ? Steps[StepIndex] : null;

    /// <summary>True where it only tells of a dead letter.</summary>
    public bool IsNotice => _row.Generation < 0;

    private IReadOnlyList<RecipeStep> Steps => IsNotice ? Recipe.OnError : Recipe.Steps;

    /// <summary>The action it is at, or null.</summary>
    public ActionStep? CurrentAction => CurrentStep as ActionStep;

    /// <summary>Values computed and not yet stored, for the next intent; null where the store has them.</summary>
    public ReadOnlyMemory<byte>? UnstoredLets => _letsStored || _lets is not { Count: > 0 } ? (ReadOnlyMemory<byte>?)null : ToJson(_lets);

    public string ClosingNote
    {
        get
        {
            var note = Rehearsal || _rehearsedStep ? "rehearsed: nothing was sent" : string.Empty;
            return Joined(_warnings, note);
        }
    }

    /// <summary>The note of a run that ends with a reason of its own.</summary>
    public string NoteWith(string reason) => Joined(_warnings, reason);

    /// <summary>Computes values in order, once for the run; null where all went well.</summary>
    /// <param name="bindings">Those of the recipe, or of a step between two actions.</param>
    /// <param name="recall">What a step with a key returned in an earlier run, by the value's name and the key; Missing where there is none.</param>
    public async ValueTask<EvaluationFailure?> ComputeAsync(IReadOnlyList<LetBinding> bindings, RunScripts scripts, Recall recall, CancellationToken cancellationToken)
    {
        _lets ??= new Dictionary<string, Value>(bindings.Count, StringComparer.Ordinal);
        foreach (var binding in bindings)
        {
            if (_lets.ContainsKey(binding.Name))
            {
                // It was stored before the process died.
                continue;
            }

            var evaluation = Evaluation(scripts, cancellationToken);
            var evaluated = await binding.Value.EvaluateAsync(evaluation).ConfigureAwait(false);
            Keep(evaluation);
            if (evaluated.Failure is { } failure)
            {
                return failure;
            }

            var value = !binding.Recalls ? evaluated.Value
                : IsWhole(evaluated.Value, evaluation) ? await recall(binding.Name, evaluated.Value.ToText(), cancellationToken).ConfigureAwait(false)
                : Value.Missing;
            _lets[binding.Name] = value;
            _letsStored = false;
            _scope.Set(binding.Name, value);
        }

        return null;
    }

    /// <summary>Why a stop ends the run: <see cref="Stopped"/> and the recipe's words.</summary>
    public string ReasonOf(StopStep stop)
    {
        var reason = stop.Reason.Evaluate(_scope, Recipe.Zone, null);
        return $"{Stopped}{(reason.Failure is null ? reason.Value.ToText() : stop.Reason.Text)}";
    }

    /// <summary>True for what the run it takes the place of has done, and for waits before that.</summary>
    public bool HasDone(RecipeStep step) => step switch
    {
        ActionStep action => _outputs.ContainsKey(action.Id),
        WaitStep => _outputs.Count > 0 && Steps.Skip(StepIndex + 1).Any(later => later is ActionStep action && _outputs.ContainsKey(action.Id)),
        _ => false,
    };

    /// <summary>Passes over the current step. Always true.</summary>
    public bool Skip()
    {
        StepIndex++;
        _stepTries = 0;
        return true;
    }

    /// <summary>Makes the step's input.</summary>
    public async ValueTask<Rendered> RenderAsync(ActionStep step, RunScripts scripts, CancellationToken cancellationToken)
    {
        var evaluation = Evaluation(scripts, cancellationToken);
        var evaluated = await step.With.EvaluateAsync(evaluation).ConfigureAwait(false);
        Keep(evaluation);
        if (evaluated.Failure is { } failure)
        {
            return new Rendered(default, failure);
        }

        foreach (var warning in evaluation.Warnings)
        {
            if (!_warnings.Contains(warning))
            {
                _warnings.Add(warning);
            }
        }

        return new Rendered(evaluated.Value.ToElement(), null);
    }

    /// <summary>The step's business name for what it makes: null where it has none, incomplete where a part of it is missing.</summary>
    public StepKey KeyOf(ActionStep step)
    {
        if (step.Key is not { } template)
        {
            return new StepKey(null, null);
        }

        var warnings = new List<string>();
        var evaluated = template.EvaluateNow(_scope, Recipe.Zone, warnings);
        return evaluated.Failure is { } failure ? new StepKey(null, failure.Message)
            : warnings.Count > 0 ? new StepKey(null, string.Join("; ", warnings))
            : evaluated.Value.IsMissingOrNull || evaluated.Value.ToText().Length == 0 ? new StepKey(null, $"{template.Text} is missing")
            : new StepKey(evaluated.Value.ToText(), null);
    }

    /// <summary>Says that a step took what was made before.</summary>
    public void Reuse(ActionStep step, string key) => _warnings.Add($"{step.Id}: '{key}' was made before and is used again");

    // Half a key would be the key of something else.
    private static bool IsWhole(Value key, Evaluation evaluation) => !key.IsMissingOrNull && evaluation.Warnings.Count == 0;

    /// <summary>Counts an attempt that is about to begin.</summary>
    public int NextAttempt()
    {
        _letsStored = true;
        return ++Attempts;
    }

    /// <summary>Takes the outcome of the current step and goes on to the next.</summary>
    public void Complete(string stepId, StepOutcome outcome)
    {
        switch (outcome)
        {
            case StepOutcome.Done done:
                _outputs[stepId] = Value.FromJson(done.Output);
                break;
            case StepOutcome.Rehearsed rehearsed:
                _rehearsedStep = true;
                _outputs[stepId] = Value.FromJson(rehearsed.Output);
                break;
            default:
                break;
        }

        _scope.Set("steps", Value.Map(_outputs));
        Skip();
    }

    /// <summary>The change after a completed step: on to the next one, or done.</summary>
    public RunChange AfterStep(DateTimeOffset now, TimeSpan lease)
    {
        while (CurrentStep is { } step && (HasDone(step) || !Wants(step, now)))
        {
            Skip();
        }

        Ended = CurrentStep is null;
        return Ended
            ? Change(RunState.Succeeded, now) with { Note = ClosingNote }
            : Change(RunState.Running, now) with { LeaseUntil = now + lease };
    }

    /// <summary>A change of this run to a state, with all that it has come to.</summary>
    public RunChange Change(RunState state, DateTimeOffset now) => new(Id, Epoch, state, StepIndex, _stepTries, now)
    {
        Outputs = _outputs.Count == 0 ? (ReadOnlyMemory<byte>?)null : ToJson(_outputs),
        Lets = UnstoredLets,
    };

    /// <summary>Says that from here on the run is inside its own script.</summary>
    public RunChange EnterScript(DateTimeOffset now) => Change(RunState.Running, now) with { InScript = true };

    private Evaluation Evaluation(RunScripts scripts, CancellationToken cancellationToken)
        => new(_scope, Recipe.Zone, scripts.For(Event, Recipe), cancellationToken);

    private void RestoreOutputs(ReadOnlyMemory<byte> outputs)
    {
        if (!outputs.IsEmpty)
        {
            foreach (var output in Value.Parse(outputs).Members)
            {
                _outputs[output.Key] = output.Value;
            }
        }

        _scope.Set("steps", Value.Map(_outputs));
    }

    // A stored moment comes back as its ISO text; the date filters read both.
    private void RestoreLets(ReadOnlyMemory<byte> lets)
    {
        if (lets.IsEmpty)
        {
            return;
        }

        _lets = new Dictionary<string, Value>(StringComparer.Ordinal);
        _letsStored = true;
        foreach (var binding in Value.Parse(lets).Members)
        {
            _lets[binding.Key] = binding.Value;
            _scope.Set(binding.Key, binding.Value);
        }
    }

    private static string Joined(List<string> warnings, string first) => warnings.Count == 0 ? first : string.Join("; ", first.Length == 0 ? warnings : warnings.Prepend(first));

    private static byte[] ToJson(Dictionary<string, Value> members) => Value.Map(members).ToUtf8Json();
}
