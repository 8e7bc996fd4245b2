using System.Globalization;
using ConnectorHub.Tests.Benchmarks.Kills;

namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>Reads the gateway's own database from outside: a witness that does not depend on the gateway's word.</summary>
internal static class GatewayStore
{
    // In the order of RunState; the store keeps the position.
    private static readonly string[] States =
        ["Queued", "Running", "Waiting", "Blocked", "Asking", "Succeeded", "Expired", "Cancelled", "DeadLettered"];

    public static long CountSucceeded(string data) => Count(data, "Succeeded");

    /// <summary>Runs that will still move by themselves.</summary>
    public static long CountOpen(string data) => Count(data, "Queued", "Running", "Waiting", "Blocked");

    public static string Integrity(string data) => SqliteFile.Rows(File(data), "pragma integrity_check", row => row.GetString(0))[0];

    /// <summary>Every event of a series, by the number its sender's id carries.</summary>
    public static IReadOnlyList<StoredEvent> Events(string data, string series)
    {
        var prefix = $"msg_{series}";
        var rows = SqliteFile.Rows(
            File(data),
            "select e.id, e.dedupe_key, r.state from events e left join runs r on r.event_id = e.id",
            row => (Id: row.GetString(0), Key: row.GetString(1), State: row.IsDBNull(2) ? null : States[row.GetInt32(2)]));
        return
        [
            .. from row in rows
               where row.Key.StartsWith(prefix, StringComparison.Ordinal)
               group row.State by (row.Id, row.Key) into found
               let number = int.Parse(found.Key.Key.AsSpan(prefix.Length), CultureInfo.InvariantCulture)
               select new StoredEvent(number, [.. found.OfType<string>()]),
        ];
    }

    private static long Count(string data, params string[] states)
    {
        var positions = string.Join(", ", states.Select(state => Array.IndexOf(States, state)));
        return SqliteFile.Count(File(data), $"select count(*) from runs where state in ({positions})");
    }

    private static string File(string data) => Path.Combine(data, "hub.db");
}
