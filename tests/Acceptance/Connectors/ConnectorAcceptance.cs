using ConnectorHub.Connectors;
using ConnectorHub.Tests.Acceptance.Connectors.Rules;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>
/// What every connector must keep, without an assertion of its own. A connector is excused from a rule only by <c>exemptions</c> in its
/// connector.json, with the reason; an exemption it no longer needs fails as a broken rule does.
/// </summary>
public sealed class ConnectorAcceptance
{
    public static TheoryData<string, string> Everything()
    {
        var data = new TheoryData<string, string>();
        foreach (var connector in ConnectorCatalog.All)
        {
            foreach (var rule in AllRules.ByName.Keys)
            {
                data.Add(connector.Manifest.Name, rule);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_connector_keeps_every_rule_it_is_not_excused_from(string connector, string rule)
    {
        var tested = ConnectorCase.Of(connector);
        var violations = await AllRules.ByName[rule](tested);
        if (tested.Connector.Manifest.Exemptions.TryGetValue(rule, out var reason))
        {
            Assert.True(violations.Count > 0, $"{connector} is excused from '{rule}' ({reason}) but keeps it: remove the exemption from connector.json.");
            return;
        }

        Assert.True(violations.Count == 0, $"{connector} breaks '{rule}':{Environment.NewLine}{string.Join(Environment.NewLine, violations)}");
    }

    [Fact]
    public void No_two_connectors_or_sources_share_a_name()
    {
        var names = ConnectorCatalog.All.Select(connector => connector.Manifest.Name).ToList();
        var sources = ConnectorCatalog.All.SelectMany(connector => connector.Sources).Select(source => source.Name).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(sources.Distinct(), sources);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Every_exemption_names_a_rule_and_gives_a_reason()
    {
        var wrong = ConnectorCatalog.All
            .SelectMany(connector => connector.Manifest.Exemptions.Select(exemption => (connector.Manifest.Name, exemption.Key, exemption.Value)))
            .Where(exemption => !AllRules.ByName.ContainsKey(exemption.Key) || exemption.Value.Length < 20);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_action_has_a_good_answer_to_be_tried_with()
    {
        var untried = ConnectorCatalog.All.SelectMany(connector => connector.Actions
            .Where(action => ConnectorCase.Of(connector).Calls.All(call => call.Action != action))
            .Select(action => $"{connector.Manifest.Name}.{action.Name}"));

        Assert.Empty(untried);
    }
}
