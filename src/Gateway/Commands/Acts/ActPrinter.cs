using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary>Puts on a screen what waits for a person and what a person did.</summary>
internal sealed class ActPrinter(TextWriter output, HubTime clock)
{
    /// <param name="filtered">Only some were asked for.</param>
    public void Causes(IReadOnlyList<CauseGroup> groups, bool filtered)
    {
        if (groups.Count == 0)
        {
            output.WriteLine(filtered ? "Nothing that waits for a person fits these options. Without them: connectorhub dead-letters" : "Nothing waits for a person.");
            return;
        }

        foreach (var group in groups)
        {
            var runs = group.Runs == 1 ? "1 run" : $"{group.Runs} runs";
            var where = group.Connection.Length == 0 ? string.Empty : $" on {group.Connection}";
            output.WriteLine($"{runs} of {group.RecipeId}, step {Printer.Clean(group.Step)}{where}: {Printer.Clean(group.Code)}{(group.State == RunState.Asking ? "  (in doubt)" : string.Empty)}");
            output.WriteLine($"  {Printer.Clean(group.Message)}");
            output.WriteLine($"  {Times(group)}; the newest: {group.NewestRun}");
            output.WriteLine($"  {Advice(group)}");
            output.WriteLine();
        }
    }

    public void Done(ActDone done, string what, bool serving)
    {
        output.WriteLine($"{done.Run} {what}.{(serving ? string.Empty : " No gateway is running: it is done when one starts.")}");
        if (done.Note.Length > 0)
        {
            output.WriteLine(Printer.Clean(done.Note));
        }
    }

    public void Many(ManyAnswer answer, string done, bool only)
    {
        if (only)
        {
            output.WriteLine($"{Runs(answer.Found)} fit. Nothing was done.");
            return;
        }

        output.WriteLine($"{Runs(answer.Done)} {done}{(answer.Found == answer.Done ? "." : $" of {answer.Found} that fit.")}");
        foreach (var problem in answer.Problems)
        {
            output.WriteLine($"  not {Runs(problem.Runs)} ({problem.FirstRun}{(problem.Runs == 1 ? string.Empty : ", …")}): {Printer.Clean(problem.Problem)}");
        }
    }

    /// <param name="target">Of what; null: of everything.</param>
    public void Audit(IReadOnlyList<AuditEntry> entries, string? target)
    {
        if (entries.Count == 0)
        {
            output.WriteLine(target is null ? "Nobody has done anything yet." : $"Nobody has done anything to '{Printer.Clean(target)}'. Everything that was done: connectorhub audit");
        }

        foreach (var entry in entries)
        {
            var why = entry.Why.Length == 0 ? string.Empty : $"  \"{Printer.Clean(entry.Why)}\"";
            var detail = entry.Detail.Length == 0 ? string.Empty : $"  {Printer.Clean(entry.Detail)}";
            output.WriteLine($"{clock.Moment(entry.At, clock.Now)}  {Printer.Clean(entry.Who)}  {entry.Act}  {entry.Target}{detail}{why}");
        }
    }

    private static string Runs(int count) => count == 1 ? "1 run" : $"{count} runs";

    private string Times(CauseGroup group) => group.Runs == 1
        ? $"stopped at {clock.Moment(group.Newest, clock.Now)}"
        : $"stopped between {clock.Between(group.Oldest, group.Newest, clock.Now)}";

    private static string Advice(CauseGroup group)
    {
        if (group.State == RunState.Asking)
        {
            return $"Look at the target, then: connectorhub decide {group.NewestRun} happened (or send-again)";
        }

        return group.Runs == 1
            ? $"connectorhub replay {group.NewestRun}   or: connectorhub cancel {group.NewestRun} --why \"…\""
            : $"connectorhub replay --recipe {group.RecipeId} --step {group.Step} --code {group.Code}   (--rehearse shows first what would be sent)";
    }
}
