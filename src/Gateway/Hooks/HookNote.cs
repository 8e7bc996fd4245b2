using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Why a delivery made no new event.</summary>
public enum HookNoteKind
{
    /// <summary>Nothing in it proves who sent it: most likely not the platform.</summary>
    NoProof,

    /// <summary>A proof, but not in the platform's form.</summary>
    Malformed,

    /// <summary>Signed too long ago, or ahead of time.</summary>
    OutsideWindow,

    /// <summary>Made with another secret, or changed on its way.</summary>
    WrongProof,

    /// <summary>Signed in a way this hub cannot check.</summary>
    NotSupported,

    /// <summary>The hub lacks what it needs to check.</summary>
    NotConfigured,

    /// <summary>Proven, but not a body we can read.</summary>
    NotJson,

    /// <summary>The address leads nowhere.</summary>
    NoSuchHook,

    /// <summary>A body over the hook's limit.</summary>
    TooLarge,

    /// <summary>The body did not come in time.</summary>
    TooSlow,

    /// <summary>The store could not take it in time; answered 503.</summary>
    StoreBusy,

    /// <summary>The event was there already; answered 200.</summary>
    Duplicate,

    /// <summary>An event with this id was there already, with another body; answered 200, the first one counts.</summary>
    OtherBody,
}

/// <summary>One delivery that made no new event.</summary>
/// <param name="Text">One sentence for our own people; holds no secret.</param>
/// <param name="UserAgent">What the sender calls itself, in printable ASCII; empty where it does not.</param>
/// <param name="BodyLength">In bytes; null where it was not read and not announced.</param>
public sealed record HookNote(DateTimeOffset At, HookNoteKind Kind, string Text, string UserAgent, long? BodyLength)
{
    /// <summary>The event it repeats; null where it was refused.</summary>
    public string? Event { get; init; }
}

/// <summary>Deliveries in a row that were not taken and look like the platform's own.</summary>
/// <param name="Failures">How many deliveries; a platform tries an event several times.</param>
/// <param name="Events">How many different bodies among them: at most so many events.</param>
/// <param name="Why">Of the last one.</param>
/// <param name="Text">Of the last one.</param>
public sealed record Streak(DateTimeOffset Since, DateTimeOffset Last, long Failures, long Events, HookNoteKind Why, string Text);

/// <summary>A streak that a delivery ended which was taken.</summary>
public sealed record EndedStreak(Streak Streak, DateTimeOffset EndedAt);

internal static class HookNoteKinds
{
    /// <summary>What a source refused.</summary>
    public static HookNoteKind Of(Refusal refusal) => refusal switch
    {
        Refusal.NoProof => HookNoteKind.NoProof,
        Refusal.Malformed => HookNoteKind.Malformed,
        Refusal.OutsideWindow => HookNoteKind.OutsideWindow,
        Refusal.WrongProof => HookNoteKind.WrongProof,
        Refusal.NotSupported => HookNoteKind.NotSupported,
        Refusal.NotConfigured => HookNoteKind.NotConfigured,
        Refusal.NotJson => HookNoteKind.NotJson,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>False for what was answered 200.</summary>
    public static bool IsRefusal(this HookNoteKind kind) => kind is not (HookNoteKind.Duplicate or HookNoteKind.OtherBody);

    /// <summary>Only the platform itself meets these: strangers have no proof, not even a wrong one, and do not know the addresses.</summary>
    public static bool LooksLikeThePlatform(this HookNoteKind kind) =>
        kind.IsRefusal() && kind is not (HookNoteKind.NoProof or HookNoteKind.NoSuchHook or HookNoteKind.TooSlow);

    /// <summary>What to do about it.</summary>
    public static string Fix(this HookNoteKind kind) => kind switch
    {
        HookNoteKind.NoProof => "Nothing, if this was a stranger. If it was the platform: switch its signing on, or paste the address with its token (connectorhub hooks).",
        HookNoteKind.Malformed => "See that the address belongs to this platform, and that no proxy between changes the headers.",
        HookNoteKind.OutsideWindow => "Set the clock of this machine right, and see that no proxy between holds deliveries back.",
        HookNoteKind.WrongProof => "Copy the secret from the platform into the connection's settings again, and see that no proxy between changes the body.",
        HookNoteKind.NotSupported => "Choose a way of signing at the platform that the page of its connector names.",
        HookNoteKind.NotConfigured => "Add the secret to the connection in the settings.",
        HookNoteKind.NotJson => "Have the sender send JSON.",
        HookNoteKind.NoSuchHook => "Correct the address at the platform; the right ones are listed by: connectorhub hooks",
        HookNoteKind.TooLarge => "Raise MaxBody of this hook in the settings, or have the sender send less.",
        HookNoteKind.TooSlow => "Look at the network between the sender and this machine.",
        HookNoteKind.StoreBusy => "The sender tries again by itself. If this goes on: connectorhub doctor",
        HookNoteKind.Duplicate or HookNoteKind.OtherBody => "Nothing: the first one counts.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>As people read it in a list of counts.</summary>
    public static string Words(this HookNoteKind kind) => kind switch
    {
        HookNoteKind.NoProof => "without any proof",
        HookNoteKind.Malformed => "proof not in the platform's form",
        HookNoteKind.OutsideWindow => "signed too long ago or ahead of time",
        HookNoteKind.WrongProof => "wrong proof",
        HookNoteKind.NotSupported => "signed in a way not supported",
        HookNoteKind.NotConfigured => "the hub lacks a setting",
        HookNoteKind.NotJson => "not JSON",
        HookNoteKind.NoSuchHook => "no such hook",
        HookNoteKind.TooLarge => "too large",
        HookNoteKind.TooSlow => "too slow",
        HookNoteKind.StoreBusy => "store busy",
        HookNoteKind.Duplicate => "duplicate",
        HookNoteKind.OtherBody => "duplicate with another body",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
