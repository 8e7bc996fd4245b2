using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Scripting;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>Runs a recipe's snippets in the script pool and words what went wrong with its place in the recipe file.</summary>
/// <param name="quarantine">Holds recipes back whose scripts end their process again and again; null where each is to be tried.</param>
public sealed class RunScripts(ScriptPool pool, ScriptQuarantine? quarantine = null)
{
    private const int MaxSourceLine = 120;

    private static readonly TimeSpan UntilAHostIsBack = TimeSpan.FromSeconds(30);

    /// <summary>The runner for one run: same event, same clock.</summary>
    internal ScriptRunner For(KnownEvent known, Recipe recipe)
        => (script, evaluation) => GuardedAsync(script, evaluation, known.ReceivedAt, recipe);

    /// <summary>Checks the syntax of a snippet; null where it is fine.</summary>
    public async ValueTask<ScriptProblem?> CheckAsync(string code, CancellationToken cancellationToken)
        => await pool.CheckAsync(code, cancellationToken).ConfigureAwait(false) switch
        {
            ScriptAnswer.SyntaxError error => new ScriptProblem(error.Message, error.Line, error.Column),
            ScriptAnswer.OverBudget over => new ScriptProblem(over.Message, 1, 1),
            // A gateway goes on without script hosts: the recipe takes its events, and runs that need a script wait.
            ScriptAnswer.HostDied { Ran: false } when quarantine is not null => null,
            ScriptAnswer.HostDied died => new ScriptProblem(died.Message, 1, 1),
            _ => null,
        };

    private async ValueTask<Evaluated> GuardedAsync(ScriptSource script, Evaluation evaluation, DateTimeOffset now, Recipe recipe)
    {
        if (quarantine?.Enter(Patient.Of(recipe)) is { } rest)
            return new EvaluationFailure(RunCodes.ScriptsRest, rest.Sentence, script.Line, script.Column, Transient: true) { RetryAfter = rest.Again };
        bool? died = null;
        try
        {
            var call = new ScriptCall(script.Code, script.Hash, Names(evaluation.Scope), now, recipe.Zone?.Id ?? "UTC");
            var answer = await pool.RunAsync(call, evaluation.CancellationToken).ConfigureAwait(false);
            RunInstruments.Scripted(answer);
            evaluation.Log.AddRange(answer.Log);
            // A busy machine ends hosts, too; and one that never started was ended by nobody.
            died = answer is ScriptAnswer.HostDied { Ran: false } or ScriptAnswer.OverBudget { Wall: true }
                ? null
                : answer is ScriptAnswer.HostDied or ScriptAnswer.OverBudget { EndedHost: true };
            return Evaluated(script, answer);
        }
        finally
        {
            quarantine?.Leave(Patient.Of(recipe), died);
        }
    }

    private static Evaluated Evaluated(ScriptSource script, ScriptAnswer answer)
    {
        return answer switch
        {
            ScriptAnswer.Returned returned => Value.Parse(returned.Json),
            ScriptAnswer.SyntaxError error => Failure(script, RunCodes.ScriptSyntax, error.Message, error.Line, error.Column),
            ScriptAnswer.Threw threw => Failure(script, RunCodes.ScriptThrew, $"the script threw: {threw.Message}", threw.Line, threw.Column),
            ScriptAnswer.NotJson wrong => Failure(script, RunCodes.ScriptResult, wrong.Message, 1, 1),
            ScriptAnswer.OverBudget over => Failure(script, RunCodes.ScriptBudget, over.Message, 1, 1) with { Transient = over.Wall },
            ScriptAnswer.HostDied { Ran: false } none => Failure(script, RunCodes.ScriptHostDied, none.Message, 1, 1) with { Transient = true, RetryAfter = UntilAHostIsBack },
            ScriptAnswer.HostDied died => Failure(script, RunCodes.ScriptHostDied, died.Message, 1, 1) with { Transient = true, HostDied = true },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static EvaluationFailure Failure(ScriptSource script, string code, string message, int line, int column)
    {
        var fileLine = script.Line + line - 1;
        var fileColumn = line == 1 ? script.Column + column - 1 : column;
        var place = string.Create(CultureInfo.InvariantCulture, $"{script.File}({fileLine},{fileColumn}): {message}");
        if (code is RunCodes.ScriptSyntax or RunCodes.ScriptThrew)
            place += $" The line is: {SourceLine(script.Code, line)}";
        return new EvaluationFailure(code, place, fileLine, fileColumn, Transient: false);
    }

    private static string SourceLine(string code, int line)
    {
        var text = code.Split('\n').ElementAtOrDefault(line - 1)?.Trim() ?? "";
        return text.Length <= MaxSourceLine ? text : string.Concat(text.AsSpan(0, MaxSourceLine), "…");
    }

    private static ReadOnlyMemory<byte> Names(Scope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in scope.Names)
            {
                if (value.Kind != ValueKind.Missing)
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

/// <summary>Turns what an expression came to into what an attempt came to.</summary>
internal static class EvaluationOutcomes
{
    public static StepOutcome ToOutcome(this EvaluationFailure failure)
        => failure.RetryAfter is { } wait ? new StepOutcome.Failed(FailureKind.RateLimited, failure.Code, failure.Message, wait) : StepOutcome.Fail(failure.Transient ? FailureKind.Transient : FailureKind.Rejected, failure.Code, failure.Message);
}
