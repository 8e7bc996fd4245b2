using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <content>What the run's scripts said.</content>
internal sealed partial class ActiveRun
{
    private const int MostLines = 50;

    // Kept with the values of the run. No name of a recipe has a slash.
    private const string LogName = "script/log";

    /// <summary>The lines of <c>hub.log</c>, each once, the first fifty.</summary>
    public IReadOnlyList<string> Log => LogIn(_lets?.GetValueOrDefault(LogName));

    /// <summary>The same, of a run as it is stored.</summary>
    public static IReadOnlyList<string> LogIn(ReadOnlyMemory<byte> lets) => lets.IsEmpty ? [] : LogIn(Value.Parse(lets).Member(LogName));

    private static string[] LogIn(Value? lines) => [.. (lines?.Items ?? []).Select(line => line.ToText())];

    // An attempt that is made again says the same again.
    private void Keep(Evaluation evaluation)
    {
        if (evaluation.Log.Count == 0)
        {
            return;
        }

        var lines = Log.Union(evaluation.Log, StringComparer.Ordinal).Take(MostLines).Select(Value.Text);
        (_lets ??= new Dictionary<string, Value>(StringComparer.Ordinal))[LogName] = Value.List([.. lines]);
        _letsStored = false;
    }
}
