using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>Takes credentials out of texts, also in the form they have on the wire. A name to sign in with that is the sender's address is none.</summary>
internal sealed class MailSecrets(Connection connection, OutboundMail mail)
{
    private const int ShortestHidden = 6; // a shorter text is found by chance

    private const string Mask = "***";

    public string Hide(string text)
    {
        foreach (var form in Forms().Where(form => form.Length >= ShortestHidden))
        {
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        }

        return text;
    }

    private IEnumerable<string> Forms()
    {
        var server = mail.Server;
        if (server is { Username: { } name, Password: { } password })
        {
            yield return SignIn.Plain(name, password);
        }

        var values = connection.Secrets.Values.SelectMany(secrets => secrets).Concat(new[] { server.Username, server.Password }.OfType<Secret>());
        foreach (var value in values.Select(secret => secret.Reveal()).Where(value => !value.Equals(mail.From, StringComparison.OrdinalIgnoreCase)))
        {
            yield return value;
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        }
    }
}
