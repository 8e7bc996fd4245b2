using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Whether a connection that a recipe names, or leaves to the hub, is set up and fits. Silent where connections are not known.</summary>
internal sealed class ConnectionCheck(RecipeFile file)
{
    private readonly FindingList _findings = file.Findings;

    /// <param name="user">Who wants it, as a message names it.</param>
    /// <param name="wanting">The entry that decides which connector is wanted.</param>
    /// <param name="needed">True where exactly one has to be found; false where any of them is as good.</param>
    public void Check(YamlMap map, string connector, string user, YamlEntry wanting, bool needed)
    {
        if (file.Catalog.Connections is null)
        {
            return;
        }

        var fitting = file.Catalog.ConnectionsOf(connector);
        if (map.Find("connection") is { Value: YamlScalar { Text.Length: > 0 } named })
        {
            Named(named, connector, user, fitting);
        }
        else if (fitting.Count == 0)
        {
            _findings.Warning(
                wanting.Value.Start,
                FindingCodes.NotReady,
                $"no connection of '{connector}' is set up. Add one under 'Connections' in the settings; the recipe is not ready until then.");
        }
        else if (needed && fitting.Count > 1)
        {
            _findings.Error(
                wanting.Value.Start,
                FindingCodes.WhichConnection,
                $"{fitting.Count} connections fit '{connector}': {Words.List(fitting)}. Say which: connection: {fitting[0]}");
        }
    }

    private void Named(YamlScalar named, string connector, string user, IReadOnlyList<string> fitting)
    {
        var name = named.Text.Trim();
        var connections = file.Catalog.Connections!;
        if (!connections.TryGetValue(name, out var owner))
        {
            _findings.Warning(
                named.Start,
                FindingCodes.NotReady,
                $"there is no connection '{name}'.{Keys.DidYouMean(name, connections.Keys)} Connections of '{connector}': {Words.OrNone(fitting, "none")}. The recipe is not ready until it is set up.");
        }
        else if (!string.Equals(owner, connector, StringComparison.Ordinal))
        {
            _findings.Error(
                named.Start,
                FindingCodes.WhichConnection,
                $"connection '{name}' belongs to '{owner}', and {user} wants one of '{connector}': {Words.OrNone(fitting, "none")}.");
        }
    }
}
