using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Hosting;

namespace ConnectorHub.Tests.Gateway.Settings;

/// <summary>Connections of connectors that both act and receive.</summary>
public class SecretlessConnectionTests
{
    [Fact]
    public void Without_any_secret_it_can_do_nothing_and_stops_the_start()
    {
        var failure = Assert.Throws<CommandFailedException>(() => Load(("Connections:crm:Connector", "hubspot")));

        Assert.Contains("error CH1008: Connection 'crm' sets no secret: it can take no event that is checked, and do nothing. Set one of: AccessToken, SigningSecrets.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_secret_of_its_actions_alone_it_only_acts() =>
        Assert.DoesNotContain(Load(("Connections:crm:Connector", "hubspot"), ("Connections:crm:Secrets:AccessToken", "value")).Warnings, warning => warning.Contains("CH1008", StringComparison.Ordinal));

    [Fact]
    public void With_a_proof_that_is_not_there_its_hook_would_be_open_and_stops_the_start()
    {
        var failure = Assert.Throws<CommandFailedException>(
            () => Load(("Connections:crm:Connector", "hubspot"), ("Connections:crm:Secrets:AccessToken", "value"), ("Connections:crm:Secrets:SigningSecrets:0", "env:NOT_SET_ANYWHERE")));

        Assert.Contains("would take events from anybody", failure.Message, StringComparison.Ordinal);
    }

    private static HubSetup Load(params (string Key, string Value)[] settings) =>
        HubSetup.Of(settings.ToDictionary(one => one.Key, one => (string?)one.Value), Path.GetTempPath());
}
