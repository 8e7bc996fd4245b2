using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Puts answers of the admin API on a screen. Text from platforms is shown without its control characters.</summary>
internal sealed partial class Printer(TextWriter output)
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Events(IReadOnlyList<EventSummary> events)
    {
        if (events.Count == 0)
        {
            output.WriteLine("No events.");
        }

        foreach (var item in events)
        {
            var marks = (item.Test ? "  test" : string.Empty) + (item.Duplicates > 0 ? $"  {item.Duplicates} duplicate{(item.Duplicates == 1 ? string.Empty : "s")} of it" : string.Empty);
            // Where the address does not name the event, nothing else on the line would.
            var type = item.Hook.EndsWith($"/{item.Type}", StringComparison.Ordinal) ? string.Empty : $"  {Clean(item.Type)}";
            output.WriteLine($"{item.Id}  {Time(item.ReceivedAt)}  {Clean(item.Hook)}{type}  {Clean(item.Subject ?? string.Empty)}  {Clean(item.Outcome)}{marks}");
        }
    }

    public void Lesson(Lesson lesson)
    {
        output.WriteLine($"{lesson.Hook} learns until {Time(lesson.Until)} or for {lesson.Left} events. What arrives is verified, kept and shown here; recipes are not asked.");
        output.WriteLine("Now have the platform send something. Stop watching with Ctrl+C.");
    }

    public void Learned(LearnedEvent learned)
    {
        output.WriteLine();
        output.WriteLine($"{learned.Id}  {Time(learned.ReceivedAt)}  {Clean(learned.Type)}  {Clean(learned.Subject ?? string.Empty)}{(learned.Test ? "  (test)" : string.Empty)}");
        output.WriteLine(Indent(Clean(JsonSerializer.Serialize(learned.Body, Pretty), keepLines: true)));
        if (!learned.KnowsRepeats)
        {
            output.WriteLine("  Nothing in it tells a repetition from a new event. See Dedupe in the settings of the hook.");
        }

        output.WriteLine($"  Save it as a sample with: connectorhub sample {learned.Id}");
    }

    public void Runs(IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
        {
            output.WriteLine("No runs.");
        }

        foreach (var run in runs)
        {
            output.WriteLine(Line(run));
        }
    }

    public void Event(EventDetail detail)
    {
        var item = detail.Summary;
        output.WriteLine($"{item.Id}  {Clean(item.Source)} / {Clean(item.Type)}  on {Clean(item.Hook)}  received {Time(item.ReceivedAt)}{(item.Test ? "  (test)" : string.Empty)}");
        if (item.Duplicates > 0)
        {
            output.WriteLine($"The platform sent it {(item.Duplicates == 1 ? "once more" : $"{item.Duplicates} more times")}{(item.OtherBodies > 0 ? $", {item.OtherBodies} with another body" : string.Empty)}; the first one counts.");
        }

        output.WriteLine(Indent(Clean(JsonSerializer.Serialize(detail.Body, Pretty), keepLines: true)));
        if (detail.Story.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("What happened:");
            Story([.. detail.Story.Select(line => (line.At, line.Words))]);
        }

        foreach (var recipe in detail.History.GroupBy(past => past.RecipeId))
        {
            output.WriteLine();
            output.WriteLine($"{recipe.Key}.yaml");
            History([.. recipe]);
        }

        foreach (var run in detail.Runs)
        {
            output.WriteLine();
            Run(run);
        }

        if (detail.Runs.Count == 0)
        {
            output.WriteLine($"It led to nothing. See: connectorhub why {item.Id}");
        }
    }

    public void Run(RunDetail detail)
    {
        output.WriteLine(Line(detail.Summary));
        Told(detail.InShort);
        foreach (var step in detail.Steps)
        {
            var where = step.Action is null ? string.Empty : $"  {step.Action} on {step.Connection}";
            output.WriteLine($"  {step.Step}{where}");
            output.WriteLine($"    {Clean(step.Sentence)}");
            Attempts([.. detail.Attempts.Where(attempt => attempt.Step == step.Step)]);
        }

        Log(detail.Log);
        Story([.. detail.Acts.Select(act => (act.At, $"{act.Who}: {act.Act}{(act.Detail.Length == 0 ? string.Empty : $", {act.Detail}")}{(act.Why.Length == 0 ? string.Empty : $" (\"{act.Why}\")")}"))]);
        if (detail.Advice is { } advice)
        {
            output.WriteLine($"  What you can do: {Clean(advice)}");
        }
    }

    /// <summary>What the scripts of a run said.</summary>
    public void Log(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine($"  hub.log: {Clean(line)}");
        }
    }

    private void Story(IReadOnlyList<(DateTimeOffset At, string Words)> lines)
    {
        foreach (var (at, words) in lines)
        {
            output.WriteLine($"  {Time(at)}  {Clean(words)}");
        }
    }

    private void Attempts(IReadOnlyList<AttemptDetail> attempts)
    {
        for (var i = 0; i < attempts.Count; i++)
        {
            var attempt = attempts[i];
            var next = i + 1 < attempts.Count ? attempts[i + 1].StartedAt : (DateTimeOffset?)null;
            var wait = attempt.EndedAt is { } end && next > end ? $", then waited {Span(next.Value - end)}" : string.Empty;
            output.WriteLine($"    attempt {attempt.Number}  {Time(attempt.StartedAt)}  {Outcome(attempt)}{wait}");
            if (attempt.Message.Length > 0)
            {
                output.WriteLine($"      {Clean(attempt.Message)}");
            }

            if (attempt.Request is { } request)
            {
                Request(request, "      ");
            }
            else if (attempt.Output is { } answer)
            {
                output.WriteLine($"      answer {Clean(answer.GetRawText())}");
            }
        }
    }

    private static string Outcome(AttemptDetail attempt)
    {
        var word = attempt.Code.Length > 0 ? $"{attempt.State}: {Clean(attempt.Code)}" : attempt.State.ToString();
        return attempt.EndedAt is { } end ? $"{word} after {Span(end - attempt.StartedAt)}" : $"{word}, no outcome yet";
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms",
        { TotalMinutes: < 2 } => $"{span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
        { TotalHours: < 2 } => $"{span.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min",
        _ => $"{span.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h",
    };

    public void Rehearsal(RehearsalAnswer answer)
    {
        output.WriteLine(answer.Steps.Count == 0
            ? $"No run waits for {answer.Connection}."
            : $"{(answer.Steps.Count == 1 ? "The next run" : $"The next {answer.Steps.Count} runs")} of {answer.Connection}. Nothing is sent:");
        foreach (var step in answer.Steps)
        {
            var due = step.DueAt is { } at ? $"  due {Time(at)}" : string.Empty;
            output.WriteLine();
            output.WriteLine($"{step.RunId}  {step.Recipe}  {step.State}{due}{(step.Step is null ? string.Empty : $"  {step.Step}")}");
            if (step.Note.Length > 0)
            {
                output.WriteLine($"  {Clean(step.Note)}");
            }

            if (step.Request is { } request)
            {
                Request(request, "  ");
            }
        }
    }

    public void Released(ReleaseAnswer answer) => output.WriteLine($"Connection {answer.Connection} is released: {Going(answer.Runs)}.");

    public void Request(RecordedRequest request, string indent)
    {
        output.WriteLine($"{indent}{request.Method} {Clean(request.Url)}");
        foreach (var header in request.Headers)
        {
            output.WriteLine($"{indent}{header.Key}: {Clean(header.Value)}");
        }

        output.WriteLine(indent + Clean(request.Body));
    }

    public void Why(WhyAnswer answer)
    {
        var item = answer.Event;
        if (answer.Recipes.Count == 0)
        {
            output.WriteLine($"{item.Id} {Clean(item.Type)} {Time(item.ReceivedAt)}");
            output.WriteLine(Clean(answer.Unwanted ?? "No recipe waits for this event; it is kept."));
        }

        foreach (var recipe in answer.Recipes)
        {
            var version = recipe.RecipeHash.Length >= 6 ? $"@{recipe.RecipeHash[..6]}" : string.Empty;
            output.WriteLine($"{item.Id} {Clean(item.Type)} {Time(item.ReceivedAt)}  {recipe.Recipe}.yaml{version}");
            Told(recipe.InShort);
            var widest = recipe.Lines.Count == 0 ? 0 : recipe.Lines.Max(line => line.Sentence.Length);
            var label = recipe.Lines.Count == 0 ? 0 : recipe.Lines.Max(line => line.Label.Length);
            foreach (var line in recipe.Lines)
            {
                output.WriteLine($"  {line.Answer,-4} {line.Label.PadRight(label)}  {Clean(line.Sentence).PadRight(line.Note.Length > 0 ? widest : 0)}  {Clean(line.Note)}".TrimEnd());
            }

            output.WriteLine(Clean(recipe.Summary));
            History(recipe.History);
            foreach (var run in recipe.Runs)
            {
                output.WriteLine("  " + Line(run));
            }
        }
    }

    private void History(IReadOnlyList<PastDecision> decisions)
    {
        foreach (var past in decisions)
        {
            output.WriteLine($"  {Time(past.At)}  {(past.Who is { } who ? $"by {Clean(who)}" : "when it came")}: {Clean(past.Words)}");
        }
    }

    public void Json<T>(T answer) => output.WriteLine(JsonSerializer.Serialize(answer, AdminClient.Readable));

    /// <summary>Text from outside, fit for a terminal: no control characters, no direction overrides.</summary>
    public static string Clean(string text, bool keepLines = false)
    {
        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            var c = clean[i];
            var bidi = c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (bidi || (char.IsControl(c) && !(keepLines && c is '\n')))
            {
                clean[i] = ' ';
            }
        }

        return new string(clean);
    }

    private static string Line(RunSummary run)
    {
        var state = run.Rehearsal && run.State == RunState.Succeeded ? "Succeeded (rehearsed)" : run.State.ToString();
        var due = run.DueAt is { } at && run.State is (RunState.Waiting or RunState.Queued) ? $"  due {Time(at)}" : string.Empty;
        var waits = run.WaitsFor is null ? string.Empty : $"  waits for {run.WaitsFor}";
        var error = run.Error is { } e ? $"  at {e.Step}: {e.Code}: {Clean(e.Message)}" : string.Empty;
        return $"{run.Id}  {run.Recipe}  {state}  {run.Attempts} attempt{(run.Attempts == 1 ? string.Empty : "s")}{due}{waits}{error}";
    }

    private void Told(string words)
    {
        if (words.Length > 0)
        {
            output.WriteLine($"  {Clean(words)}");
        }
    }

    /// <summary>A moment, the same on every screen.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Indent(string text) => "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);
}
