using System.Text.Json;
using ConnectorHub.Gateway.Admin;

namespace ConnectorHub.Gateway.Commands;

/// <content>Accounts, and what their runs wait for.</content>
internal sealed partial class Printer
{
    public void Connections(IReadOnlyList<ConnectionSummary> connections)
    {
        foreach (var connection in connections)
        {
            var state = connection.Problem ?? (connection.BlockedBy is { } block ? $"blocked since {Time(connection.BlockedSince!.Value)}: {block}" : "ready");
            var to = connection.BaseUrl is null ? string.Empty : $"  goes to {connection.BaseUrl}";
            var pace = connection.Pace is { } view ? $"  {(view.Runs == 1 ? "1 run waits" : $"{view.Runs} runs wait")} until {Time(view.Until)}: {view.Why}" : string.Empty;
            output.WriteLine($"{connection.Name}  {connection.Connector}  {connection.Mode}{to}  {Clean(state)}{pace}");
            if (connection.RetryWindow is { } window)
            {
                output.WriteLine($"  {(connection.RetriesFrom is { } opens ? $"retries wait for their window until {Time(opens)}" : "retries go out now")}: {Clean(window)}");
            }

            foreach (var place in connection.Pace?.Destinations ?? [])
            {
                var why = place.Why.Length > 0 ? $": {place.Why}" : string.Empty;
                output.WriteLine($"  {Clean(place.Name)}: {(place.Runs == 1 ? "1 run waits" : $"{place.Runs} runs wait")} until {Time(place.Until)}{why}");
            }
        }
    }

    public void Checked(CheckAnswer answer)
    {
        var released = answer.Released > 0 ? $"  {Going(answer.Released)}." : string.Empty;
        output.WriteLine(answer.Works
            ? $"{answer.Connection}  works{Who(answer.Who)}{released}"
            : $"{answer.Connection}  does not work: {Clean(answer.Problem ?? string.Empty)}");
    }

    // What the platform says of us, or why it was not asked.
    private static string Who(JsonElement? who)
    {
        if (who is not { ValueKind: JsonValueKind.Object } said)
        {
            return string.Empty;
        }

        if (said.TryGetProperty("note", out var note))
        {
            return $", as far as can be told: {Clean(note.ToString())}";
        }

        var facts = said.EnumerateObject().Where(fact => fact.Value.ValueKind != JsonValueKind.Null).Select(fact => $"{fact.Name} {Clean(fact.Value.ToString())}").ToList();
        return facts.Count == 0 ? string.Empty : $"  ({string.Join(", ", facts)})";
    }

    private static string Going(int runs) => runs switch
    {
        0 => "no run was waiting for that",
        1 => "1 run goes on",
        _ => $"{runs} runs go on",
    };
}
