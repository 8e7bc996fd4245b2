using System.Globalization;
using System.Text.Json;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>The account of a run, kept as JSON beside the test results.</summary>
internal sealed record KillReport(
    int Seed,
    int Kills,
    int KillsDuringStart,
    int Clients,
    double Seconds,
    int Drawn,
    int Accepted,
    int Repeated,
    int Stored,
    int Effects,
    int EffectsTwice,
    int Searches,
    int Asking,
    int AcceptedAfterLastKill,
    IReadOnlyList<string> Faults,
    string Folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public bool Held => Faults.Count == 0;

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, JsonSerializer.Serialize(this, Indented));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills ({KillsDuringStart} of them during a start) in {Seconds:f0} s, seed {Seed}: {Accepted} of {Drawn} events accepted, {Repeated} posts repeated, {Stored} stored, {Effects} effects, {EffectsTwice} twice, {Searches} searches for the effect of a lost attempt, {Asking} asking; {(Held ? "nothing lost, nothing doubled" : string.Join("; ", Faults))}");
}
