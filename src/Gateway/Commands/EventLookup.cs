using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Finds the event a person names: a shipped sample, or one that is stored.</summary>
internal static class EventLookup
{
    /// <summary>Whether a moment of a schedule is meant, which no platform sends.</summary>
    public static bool IsSchedule(string wanted) => wanted is ScheduleTrigger.SourceName or $"{ScheduleTrigger.SourceName}/{ScheduleTrigger.EventName}";

    /// <summary>The sample <c>source/event</c>.</summary>
    /// <exception cref="CommandFailedException">There is none; with what there is.</exception>
    public static Sample Sample(string wanted)
    {
        if (Runs.RecipeTests.Sample.Find(ConnectorCatalog.All, wanted) is { } sample)
        {
            return sample;
        }

        var all = Runs.RecipeTests.Sample.All(ConnectorCatalog.All).ToList();
        var source = wanted.Split('/')[0];
        var events = all.Where(one => one.Source.Name == source).Select(one => one.ToString()).ToList();
        if (events.Count == 0)
        {
            var sources = all.Select(one => one.Source.Name).Append(ScheduleTrigger.SourceName).Distinct().Order(StringComparer.Ordinal).ToList();
            var meant = Nearest.Of(source, sources) is { } close ? $" Did you mean '{close}'?" : string.Empty;
            throw new CommandFailedException($"There is no source '{source}'.{meant} There are: {string.Join(", ", sources)}. An event is named source/event, such as meltingspot/live.updated; a moment of a schedule is named schedule.");
        }

        var near = Nearest.Of(wanted, events) is { } like ? $" Did you mean '{like}'?" : string.Empty;
        throw new CommandFailedException($"'{source}' has no event '{wanted[Math.Min(source.Length + 1, wanted.Length)..]}'.{near} It has: {string.Join(", ", events)}.");
    }

    /// <summary>The stored event of that id.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static async Task<EventDetail> StoredAsync(HubSetup setup, string id, CancellationToken cancellationToken)
    {
        var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            return await client.GetAsync<EventDetail>($"api/events/{Uri.EscapeDataString(id)}", cancellationToken).ConfigureAwait(false)
                ?? throw new CommandFailedException($"There is no event '{id}'. List them with: connectorhub events");
        }
    }
}
