using ConnectorHub.Gateway.Settings;

namespace ConnectorHub.Gateway.Doctor;

/// <summary>What the doctor says about secrets: each by its name, never a value.</summary>
internal static class SecretExamination
{
    /// <param name="serving">False: variables were looked for in the environment of this command, not of a service.</param>
    public static IEnumerable<(Urgency Urgency, string Sentence)> Of(IReadOnlyList<SecretPlace> places, bool serving)
    {
        var readable = places.Where(place => place.Problem is null).ToList();
        if (readable.Count > 0)
        {
            yield return (Urgency.Ok, $"{Counted(readable.Count, places.Count)} can be read: {string.Join(", ", readable.Select(Name).Distinct())}");
        }

        foreach (var place in places.Where(place => place.Problem is not null))
        {
            yield return Missing(place, places, serving);
        }

        foreach (var place in places.Where(place => place.OpenTo != SecretReaders.Owner))
        {
            yield return (Urgency.Look, Open(place));
        }
    }

    private static (Urgency Urgency, string Sentence) Missing(SecretPlace place, IReadOnlyList<SecretPlace> all, bool serving)
    {
        if (place.InUse)
        {
            return (Urgency.Fix, $"{Name(place)}: {place.Problem}. Its last good value is still in use, until the next start.");
        }

        // One of several is enough: the others come and go while a secret is rotated.
        var another = all.Any(other => other != place && other.Connection == place.Connection && other.Secret == place.Secret && other.InUse);
        var follows = another ? "Another value of this secret can be read, so nothing stops." : $"{place.Connection} cannot be used until it is there.";
        var mend = place.IsFile
            ? "Write the file, one value and nothing else; it is read within a second."
            : serving ? "Set it where the service gets its variables, and restart the gateway." : "No gateway runs; this command looked at its own variables, and those of the service may differ.";
        return (another || (!serving && !place.IsFile) ? Urgency.Look : Urgency.Fix, $"{Name(place)}: {place.Problem}. {follows} {mend}");
    }

    private static string Open(SecretPlace place) => place.OpenTo == SecretReaders.EveryUser
        ? $"{Name(place)}: every user of this machine can read {place.Place}. Run: chmod 600 {place.Place["file ".Length..]}"
        : $"{Name(place)} stands in the settings file, where backups and colleagues read it. Write env:NAME or file:path in its place.";

    private static string Counted(int readable, int all) => (readable, all) switch
    {
        (1, 1) => "The one that is set",
        _ when readable == all => $"All {all}",
        _ => $"{readable} of {all}",
    };

    private static string Name(SecretPlace place) => $"{place.Connection} {place.Secret}";
}
