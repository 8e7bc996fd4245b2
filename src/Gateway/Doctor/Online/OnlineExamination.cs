using System.Globalization;
using ConnectorHub.Gateway.Hooks;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>What the doctor says about the world outside. Pure.</summary>
internal static class OnlineExamination
{
    private static readonly TimeSpan ClocksAgree = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewSoon = TimeSpan.FromDays(21);

    /// <param name="serving">False: no public listener is open, so a request to the public address cannot come in.</param>
    public static IEnumerable<Diagnosis> Of(OnlineAnswer answer, bool serving, HubTime clock) =>
    [
        .. answer.Hosts.Count == 0
            ? [new Diagnosis(Urgency.Ok, "hosts", "no connection calls out")]
            : answer.Hosts.Select(look => Host(look, clock)),
        .. Clock(answer),
        .. answer.PublicUrl is { } home ? Address(home, serving, clock) : [],
    ];

    private static Diagnosis Host(HostLook look, HubTime clock)
    {
        var name = look.Connections is [var only] && only == look.Host ? only : $"{look.Host} ({string.Join(", ", look.Connections)})";
        return Certificate(look, name, clock.Now) is { } flaw ? new(flaw.Urgency, "hosts", flaw.Sentence)
            : look.Refusal is { } refusal ? new(Urgency.Fix, "hosts", $"{name} takes no mail from this hub. {refusal} Runs that need it wait until that is mended.")
            : look.Problem is { } problem ? new(Urgency.Fix, "hosts", $"{name} {(look.Took is null ? "does not answer" : "answers, but not as it should")}. {problem} Runs that need it wait and try again.")
            : new(Urgency.Ok, "hosts", $"{name} answers in {Milliseconds(look.Took)} ms{(look.SignedIn ? " and takes the sign-in" : string.Empty)}{(look.CertificateEnds is { } ends ? $"; certificate until {Day(ends)}" : ", without TLS")}");
    }

    private static (Urgency Urgency, string Sentence)? Certificate(HostLook look, string name, DateTimeOffset now) => look.CertificateEnds switch
    {
        null => null,
        { } ends when ends <= now => (Urgency.Fix, $"{name}: its certificate ended on {Day(ends)}, so nothing is sent there. Whoever runs that host has to renew it; if this machine's clock is wrong, set it."),
        { } ends when look is { Problem: null, Refusal: null } && ends - now <= RenewSoon => (Urgency.Look, $"{name} answers, but its certificate ends on {Day(ends)}, in {HubTime.Span(ends - now)}. If nobody renews it, nothing is sent there from then on."),
        _ => null,
    };

    private static IEnumerable<Diagnosis> Clock(OnlineAnswer answer)
    {
        var said = answer.Hosts.Where(look => look.ClockAhead is not null).ToList();
        var apart = said.Where(look => look.ClockAhead!.Value.Duration() > ClocksAgree).ToList();
        if (said.Count == 0)
        {
            return answer.Hosts.Count == 0 ? [] : [new(Urgency.Look, "clock", "No host said what time it is, so this machine's clock was not compared.")];
        }

        if (apart.Count == 0)
        {
            return [new(Urgency.Ok, "clock", $"within 30 s of {(said.Count == 1 ? said[0].Host : $"all {said.Count} hosts that said the time")}")];
        }

        // Where others agree with this machine, it is the odd one out that is wrong.
        return apart.Count < said.Count
            ? apart.Select(look => new Diagnosis(Urgency.Look, "clock", $"{look.Host}'s clock is {Apart(look.ClockAhead!.Value)} this machine's; {Others(said.Count - apart.Count)} with this machine, so theirs is wrong."))
            : [new(Urgency.Fix, "clock", OurClock(apart))];
    }

    private static string OurClock(List<HostLook> apart)
    {
        var ahead = apart.Select(look => look.ClockAhead!.Value).Order().ElementAt(apart.Count / 2);
        var hosts = apart.Count == 1 ? apart[0].Host : $"all {apart.Count} hosts that say the time";
        return $"This machine's clock is {Apart(-ahead)} that of {hosts}. "
            + "From 5 minutes on, signed webhooks (Slack's and most others) are refused and Google lets nobody sign in; schedules fire at the wrong time at once. "
            + "Set it: sudo timedatectl set-ntp true";
    }

    private static IEnumerable<Diagnosis> Address(HostLook home, bool serving, HubTime clock)
    {
        var name = $"Hub:PublicUrl ({home.Host})";
        if (Certificate(home, name, clock.Now) is { } flaw)
        {
            yield return new(flaw.Urgency, "address", flaw.Urgency == Urgency.Fix
                ? $"{name}: the certificate ended on {Day(home.CertificateEnds!.Value)}, so platforms do not deliver. Renew it at the reverse proxy."
                : $"{name}: the certificate ends on {Day(home.CertificateEnds!.Value)}, in {HubTime.Span(home.CertificateEnds!.Value - clock.Now)}. See that the reverse proxy renews it, or platforms stop delivering.");
        }

        var expired = home.CertificateEnds is { } end && end <= clock.Now;
        if (home.Problem is { } problem && !expired)
        {
            yield return new(Urgency.Look, "address", $"{name} cannot be reached from this machine. {problem} Some networks do not let a machine call its own address outside: try it from another one.");
        }
        else if (home.Problem is null && home.CameHome)
        {
            yield return new(Urgency.Ok, "address", $"{name} leads to this hub{(home.CertificateEnds is { } until ? $"; certificate until {Day(until)}" : string.Empty)}");
        }
        else if (home.Problem is null && serving)
        {
            yield return new(Urgency.Fix, "address", $"{name} answers, but the request did not arrive at this hub: the address leads somewhere else, or the reverse proxy does not hand on /hooks/.");
        }
        else if (home.Problem is null)
        {
            yield return new(Urgency.Ok, "address", $"{name} answers; no gateway runs here that it could lead to");
        }
    }

    private static string Apart(TimeSpan ahead) => $"{HubTime.Span(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}";

    private static string Others(int count) => count == 1 ? "1 other host agrees" : $"{count} other hosts agree";

    private static string Milliseconds(TimeSpan? took) => (took ?? TimeSpan.Zero).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
