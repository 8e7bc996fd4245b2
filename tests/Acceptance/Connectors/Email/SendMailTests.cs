using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Email;

namespace ConnectorHub.Tests.Acceptance.Connectors.Email;

public sealed class SendMailTests
{
    private static readonly Dictionary<string, string> Settings = new() { ["Host"] = "smtp.example.com", ["From"] = "hub@acme.example" };

    private static readonly string[] Several = ["a@b.example", "c@d.example"];

    private static readonly Dictionary<string, Secret> Secrets = new() { ["Username"] = new("canary-name"), ["Password"] = new("canary-password") };

    [Theory]
    [InlineData("a@b.example, c@d.example", "a step for each recipient")]
    [InlineData("a@b.example;c@d.example", "a step for each recipient")]
    [InlineData("Ana <ana@shop.example>", "one e-mail address alone")]
    [InlineData("ana@shop.example\r\nBcc: evil@elsewhere.example", "one e-mail address alone")]
    [InlineData("ana", "one e-mail address alone")]
    [InlineData("ana@localhost", "one e-mail address alone")]
    [InlineData("", "one e-mail address alone")]
    [InlineData("äna@shop.example", "plain letters")]
    public async Task What_is_not_one_recipient_is_refused_before_anything_is_sent(string to, string said)
    {
        var (outcome, context) = await RunAsync(new { to, subject = "S", text = "T" });

        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        Assert.Equal((FailureKind.Rejected, "invalid_input"), (failed.Kind, failed.Code));
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.Empty(context.Mails);
    }

    [Fact]
    public async Task A_list_of_recipients_is_refused_with_what_to_do_instead()
    {
        var (outcome, context) = await RunAsync(new { to = Several, subject = "S", text = "T" });

        Assert.Contains("'to' is a list", Assert.IsType<StepOutcome.Failed>(outcome).Message, StringComparison.Ordinal);
        Assert.Contains("a step for each", Assert.IsType<StepOutcome.Failed>(outcome).Message, StringComparison.Ordinal);
        Assert.Empty(context.Mails);
    }

    [Theory]
    [InlineData("subject", "Hello\r\nBcc: evil@elsewhere.example")]
    [InlineData("subject", "Hello\nthere")]
    [InlineData("from_name", "Acme\rEvents")]
    [InlineData("reply_to", "a@b.example\r\nX: y")]
    [InlineData("text", "")]
    public async Task A_header_is_one_line_and_a_mail_has_a_text(string field, string value)
    {
        var input = new Dictionary<string, string> { ["to"] = "ana@shop.example", ["subject"] = "S", ["text"] = "T", [field] = value };

        var (outcome, context) = await RunAsync(input);

        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        Assert.Contains($"'{field}'", failed.Message, StringComparison.Ordinal);
        Assert.Empty(context.Mails);
    }

    [Theory]
    [InlineData("Host", "", "Host is not set")]
    [InlineData("From", "", "From is not one e-mail address")]
    [InlineData("From", "Acme <hub@acme.example>", "from_name")]
    [InlineData("Port", "smtp", "Port is not a port")]
    [InlineData("Port", "70000", "Port is not a port")]
    [InlineData("Security", "ssl", "starttls, tls, none")]
    [InlineData("Security", "none", "not on the hub's own machine")]
    public async Task A_wrong_setting_blocks_the_connection_and_is_named(string setting, string value, string said)
    {
        var (outcome, context) = await RunAsync(new { to = "ana@shop.example", subject = "S", text = "T" }, new(Settings) { [setting] = value });

        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        Assert.Equal((FailureKind.Unauthorized, "setting_wrong"), (failed.Kind, failed.Code));
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.Empty(context.Mails);
    }

    [Fact]
    public async Task A_password_without_a_name_is_not_sent_anywhere()
    {
        var context = new ScriptedContext(new Dictionary<string, Secret> { ["Password"] = new("canary-password") }, _ => ScriptedContext.Answer(500)) { Settings = Settings };

        var outcome = await new SendMail().ExecuteAsync(
            JsonSerializer.SerializeToElement(new { to = "ana@shop.example", subject = "S", text = "T" }), context, TestContext.Current.CancellationToken);

        Assert.Equal("secret_missing", Assert.IsType<StepOutcome.Failed>(outcome).Code);
        Assert.Empty(context.Mails);
    }

    [Fact]
    public async Task A_lost_mail_cannot_be_looked_for_and_says_so()
    {
        var context = new ScriptedContext(Secrets, _ => ScriptedContext.Answer(500)) { Settings = Settings };

        var probe = await new SendMail().FindAsync(
            JsonSerializer.SerializeToElement(new { to = "ana@shop.example", subject = "S", text = "T" }), context, TestContext.Current.CancellationToken);

        Assert.Contains("repeat: again", Assert.IsType<Probe.Unknown>(probe).Reason, StringComparison.Ordinal);
        Assert.Empty(context.Mails);
    }

    [Fact]
    public async Task A_check_signs_in_and_sends_nothing()
    {
        var context = new ScriptedContext(Secrets, _ => ScriptedContext.Answer(500)) { Settings = Settings };

        var outcome = await new EmailConnector().CheckAsync(context, TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"server":"smtp.example.com","from":"hub@acme.example","signedIn":true}""", Assert.IsType<StepOutcome.Done>(outcome).Output.GetRawText());
        Assert.Null(Assert.Single(context.Mails).Letter);
    }

    private static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync<T>(T input, Dictionary<string, string>? settings = null)
    {
        var context = new ScriptedContext(Secrets, _ => ScriptedContext.Answer(500)) { Settings = settings ?? Settings };
        return (await new SendMail().ExecuteAsync(JsonSerializer.SerializeToElement(input), context, TestContext.Current.CancellationToken), context);
    }
}
