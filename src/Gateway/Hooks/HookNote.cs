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
public sealed record HookNote(DateTimeOffset At, HookNoteKind Kind, string Text, string UserAgent, long? BodyLength);

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
