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
            var pace = connection.Pace is { } view ? $"  {view.Runs} run(s) wait until {Time(view.Until)}: {view.Why}" : string.Empty;
            output.WriteLine($"{connection.Name}  {connection.Connector}  {connection.Mode}{to}  {Clean(state)}{pace}");
            if (connection.RetryWindow is { } window)
            {
                output.WriteLine($"  {(connection.RetriesFrom is { } opens ? $"retries wait for their window until {Time(opens)}" : "retries go out now")}: {Clean(window)}");
            }

            foreach (var place in connection.Pace?.Destinations ?? [])
            {
                var why = place.Why.Length > 0 ? $": {place.Why}" : string.Empty;
                output.WriteLine($"  {Clean(place.Name)}: {place.Runs} run(s) wait until {Time(place.Until)}{why}");
            }
        }
    }

    public void Checked(CheckAnswer answer)
    {
        var who = answer.Who is { } found ? $"  {Clean(found.GetRawText())}" : string.Empty;
        var released = answer.Released > 0 ? $"  {answer.Released} run(s) go on." : string.Empty;
        output.WriteLine(answer.Works ? $"{answer.Connection}  works{who}{released}" : $"{answer.Connection}  does not work: {Clean(answer.Problem ?? string.Empty)}");
    }
}
