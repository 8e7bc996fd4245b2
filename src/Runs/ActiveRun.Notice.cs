using ConnectorHub.Recipes;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <content>Telling of a dead letter: what the run of <c>on_error</c> is given.</content>
internal sealed partial class ActiveRun
{
    /// <summary>The run that tells of this one's end; null where the recipe has no <c>on_error</c>, or this is such a run itself.</summary>
    /// <param name="id">Of the new run.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="adminUrl">Where the admin API answers, without a slash at its end.</param>
    /// <param name="connectionOf">Which connection an action would use.</param>
    public NoticeRun? NoticeOf(string id, RunError error, string adminUrl, Func<ActionStep, string?> connectionOf)
    {
        if (IsNotice || Recipe.OnError.Count == 0)
        {
            return null;
        }

        var known = new Dictionary<string, Value>(_lets ?? [], StringComparer.Ordinal)
        {
            ["error"] = Failure.Error(error.Step, error.Code, error.Message),
            ["run"] = Failure.Run(Id, $"{adminUrl}/api/runs/{Id}"),
            ["recipe"] = Failure.Recipe(Recipe.Id, Recipe.Name, Recipe.Owner),
        };
        return new NoticeRun(id, connectionOf(Recipe.OnError[0]), ToJson(known), _outputs.Count == 0 ? default : ToJson(_outputs));
    }

    /// <summary>That run, where nothing is written down; null where nobody is told.</summary>
    public ActiveRun? TellingOf(RunError error, string adminUrl) => NoticeOf($"{Id}_told", error, adminUrl, _ => null) is { } notice
        ? new ActiveRun(_row with { Id = notice.Id, Generation = -1, StepIndex = 0, Lets = notice.Lets, Outputs = notice.Outputs }, Recipe, Event, _scope["shared"])
        : null;

    /// <summary>What it tells of, where it is a notice.</summary>
    public RunError? ToldError => IsNotice && _scope["error"] is { Kind: ValueKind.Map } error
        ? new RunError(error.Member("step").ToText(), error.Member("code").ToText(), error.Member("message").ToText())
        : null;

    /// <summary>How many died like this meanwhile.</summary>
    public void TellCount(long count)
    {
        var error = ToldError!;
        _scope.Set("error", Failure.Error(error.Step, error.Code, error.Message, Math.Max(1, count)));
    }
}
