namespace ConnectorHub.Gateway.Settings;

/// <summary>Who can read a secret where it is kept.</summary>
public enum SecretReaders
{
    /// <summary>Those who are meant to.</summary>
    Owner,

    /// <summary>Every user of the machine: the file's rights say so.</summary>
    EveryUser,

    /// <summary>Whoever reads the settings file, or a copy of it.</summary>
    WhoReadsSettings,
}

/// <summary>Where one value of a secret is kept. Never holds the value.</summary>
/// <param name="Place"><c>file /etc/…</c>, <c>variable NAME</c> or <c>the settings file</c>.</param>
/// <param name="IsFile">It is read again when it changes, without a restart.</param>
/// <param name="Problem">Why it cannot be read now, half a sentence; null where it can.</param>
/// <param name="InUse">There is a value: the one of now, or the last one that could be read.</param>
public sealed record SecretPlace(string Connection, string Secret, string Place, bool IsFile, string? Problem, bool InUse)
{
    /// <summary>Who can read it there.</summary>
    public SecretReaders OpenTo { get; init; }
}
