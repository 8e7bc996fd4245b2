using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>Credentials as AUTH takes them.</summary>
internal static class SignIn
{
    /// <summary>RFC 4616: nobody else's name, the name, the password, with zero bytes between them.</summary>
    public static string Plain(Secret name, Secret password) => Code($"\0{name.Reveal()}\0{password.Reveal()}");

    public static string Code(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
