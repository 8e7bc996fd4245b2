using ConnectorHub.Gateway.Admin;
using ConnectorHub.Scripting;

namespace ConnectorHub.Gateway.Doctor;

/// <summary>What the doctor says about scripts.</summary>
internal static class ScriptExamination
{
    public static IEnumerable<(Urgency Urgency, string Sentence)> Of(ScriptsAnswer? scripts)
    {
        if (scripts is null)
        {
            yield break;
        }

        if (scripts.Problem is { } problem)
        {
            yield return (Urgency.Fix, $"{problem} Runs that need a script wait.");
        }

        foreach (var resting in scripts.Resting)
        {
            yield return (Urgency.Fix, resting.Sentence);
        }

        var missing = scripts.Cage.Where(layer => layer.Missing is not null).ToList();
        if (missing.Count > 0)
        {
            yield return (Urgency.Look, $"{Hosts(scripts)}. {string.Join(' ', missing.Select(Without))}");
        }
    }

    /// <summary>One line for scripts that are well.</summary>
    public static string Well(ScriptsAnswer? scripts) => scripts is null or { Cage.Count: 0 } ? "none has run yet" : Hosts(scripts);

    private static string Hosts(ScriptsAnswer scripts)
    {
        var holding = scripts.Cage.Where(layer => layer.Missing is null).Select(layer => layer.Name).ToList();
        var confined = holding switch
        {
            [] => "not confined by the system",
            [var one] => $"confined by {one}",
            [.. var first, var last] => $"confined by {string.Join(", ", first)} and {last}",
        };
        return $"{scripts.Running} {(scripts.Running == 1 ? "host" : "hosts")}, {confined}";
    }

    // What it means for the one who reads it: scripts are held by their engine alone there.
    private static string Without(CageLayer layer) => layer.Name switch
    {
        CageLayer.Files => $"No landlock ({layer.Missing}): a script that broke out of its engine could read the files of this program's user.",
        CageLayer.Calls => $"No seccomp ({layer.Missing}): a script that broke out of its engine could use the network, write files and start programs.",
        _ => $"No {layer.Name} ({layer.Missing}): a script that broke out of its engine could take more of this machine than it may.",
    };
}
