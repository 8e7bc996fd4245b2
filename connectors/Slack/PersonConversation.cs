using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Slack;

/// <summary>The bot's conversation with one person: whose it is, by e-mail address, and its id.</summary>
internal sealed partial class PersonConversation(Secret token, ActionContext context)
{
    /// <summary>True for an e-mail address. No channel's name has an @ within.</summary>
    public static bool IsEmail(string channel) => channel.Length <= 254 && Email().IsMatch(channel.Trim());

    /// <summary>True for a person's id.</summary>
    public static bool IsPerson(string channel) => PersonId().IsMatch(channel);

    /// <summary>users.lookupByEmail.</summary>
    public async Task<Destination> FindPersonAsync(string email, CancellationToken cancellationToken) => Take(
        await SlackPage.ReadAsync(SlackApi.Read(token, "users.lookupByEmail", ("email", email.Trim())), context, cancellationToken), "user");

    /// <summary>conversations.open: makes the conversation where it is not there yet.</summary>
    public async Task<Destination> OpenAsync(string person, CancellationToken cancellationToken) => Take(
        await SlackPage.ReadAsync(SlackApi.Prepare(token, "conversations.open", ("users", person)), context, cancellationToken), "channel");

    /// <summary>conversations.open that makes nothing: only looks.</summary>
    public async Task<Destination> FindAsync(string person, CancellationToken cancellationToken) => Take(
        await SlackPage.ReadAsync(
            SlackApi.Read(token, "conversations.open", ("users", person), ("prevent_creation", "true")), context, cancellationToken), "channel");

    private static Destination Take(SlackPage page, string member) => (page.Ended, UntrustedJson.Text(page.Body, member, "id")) switch
    {
        ({ } ended, _) => new Destination.Closed(ended),
        (null, { Length: > 0 } id) => new Destination.Open(id),
        _ => new Destination.Closed(SlackApi.Incomplete(reads: true, $"{member}.id")),
    };

    [GeneratedRegex(@"^[^\s@<>\p{C}]+@[^\s@<>\p{C}]+\.[^\s@<>\p{C}]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[UW][A-Z0-9]{7,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PersonId();
}
