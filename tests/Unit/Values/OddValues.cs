using System.Text;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Values;

/// <summary>Values that no one thinks of while writing a filter.</summary>
internal static class OddValues
{
    public static IReadOnlyList<Value> All { get; } =
    [
        Value.Missing,
        Value.Null,
        Value.True,
        Value.False,
        Value.EmptyText,
        Value.Text("   "),
        Value.Text("abc é 𝄞"),
        Value.Text("\uD834"),
        Value.Text("0001-01-01T00:00:00.0000000+00:00"),
        Value.Text("9999-12-31T23:59:59-10:00"),
        Value.Text("2024-02-30"),
        Value.Text("{0}%s\\'\"<!channel>"),
        Value.Text("(a{1000}){1000}"),
        Value.Text("1e400"),
        Value.Text(new string('x', 5000)),
        Value.Number(0),
        Value.Number(-1),
        Value.Number("9007199254740993"),
        Value.Number("1e400"),
        Value.Number("-79228162514264337593543950335"),
        Value.Number("0.0000000000000000000000000000000001"),
        Value.Number(new string('9', 1000)),
        Value.Moment(Instant.MinValue),
        Value.Moment(Instant.MaxValue),
        Value.Moment(Instant.FromUnixTimeSeconds(0).InZone(DateTimeZoneProviders.Tzdb["Pacific/Apia"])),
        Value.List([]),
        Value.List([Value.Missing, Value.Null, Value.List([Value.Number(1)])]),
        Value.Map([]),
        Json("""{"id":"\ud800","a":{"":[[[]]]},"count":null}"""),
        Json(Deep(500)),
    ];

    public static Value Json(string json) => Value.Parse(Encoding.UTF8.GetBytes(json));

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);
}
