using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Email;

/// <summary>A connection's settings, as a mail needs them.</summary>
internal sealed record MailAccount(MailServer Server, string From)
{
    private static readonly string[] OwnMachine = ["localhost", "127.0.0.1", "::1"];

    /// <summary>Reads the settings. <paramref name="problem"/> says which one is missing or wrong: a person has to act.</summary>
    public static bool TryRead(ActionContext context, [NotNullWhen(true)] out MailAccount? account, [NotNullWhen(false)] out StepOutcome? problem)
    {
        account = null;
        problem = FindFlaw(context);
        if (problem is not null)
        {
            return false;
        }

        var server = new MailServer(Setting(context, "Host", "mail-server.invalid"), Port(context) ?? 587, Security(context) ?? MailSecurity.StartTls)
        {
            Username = context.FindSecret("Username"),
            Password = context.FindSecret("Password"),
        };
        account = new MailAccount(server, Setting(context, "From", "hub@mail-server.invalid"));
        return true;
    }

    /// <summary>A mail of this account; without a letter only the sign-in is tried.</summary>
    public OutboundMail ToMail(MailLetter? letter = null) => new(Server, From) { Letter = letter };

    private static StepOutcome? FindFlaw(ActionContext context)
    {
        if (context.FindSecret("Username") is null != context.FindSecret("Password") is null)
        {
            return MissingSecret.Outcome(
                context, context.FindSecret("Username") is null ? "Username" : "Password", "Signing in takes both; a server that asks for no sign-in takes neither.");
        }

        // A rehearsal hands nothing over, so it needs no server: stand-ins show instead.
        if (!context.Rehearsal && context.FindSetting("Host") is not { Length: > 0 })
        {
            return Wrong(context, "Host", "is not set. Set the mail server's name, such as smtp.example.com");
        }

        if (Port(context) is null)
        {
            return Wrong(context, "Port", "is not a port. Set a number from 1 to 65535, mostly 587 or 465");
        }

        if (Security(context) is not { } security)
        {
            return Wrong(context, "Security", "is none of: starttls, tls, none");
        }

        if (security == MailSecurity.None && !OwnMachine.Contains(Setting(context, "Host", "localhost"), StringComparer.OrdinalIgnoreCase))
        {
            return Wrong(context, "Security", "is none, and the server is not on the hub's own machine (localhost). Set starttls or tls");
        }

        return MailAddress.IsOne(Setting(context, "From", context.Rehearsal ? "hub@mail-server.invalid" : string.Empty))
            ? null
            : Wrong(context, "From", "is not one e-mail address. Set the sender's address alone, such as hub@acme.example; the name that people see is the step's from_name");
    }

    private static StepOutcome Wrong(ActionContext context, string setting, string what) => StepOutcome.Fail(
        FailureKind.Unauthorized, "setting_wrong", $"Connections:{context.Connection}:Settings:{setting} {what}.");

    private static string Setting(ActionContext context, string name, string otherwise) => context.FindSetting(name) is { Length: > 0 } value ? value : otherwise;

    private static int? Port(ActionContext context) =>
        int.TryParse(Setting(context, "Port", "587"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    private static MailSecurity? Security(ActionContext context) => Setting(context, "Security", "starttls") switch
    {
        "starttls" => MailSecurity.StartTls,
        "tls" => MailSecurity.Tls,
        "none" => MailSecurity.None,
        _ => null,
    };
}
