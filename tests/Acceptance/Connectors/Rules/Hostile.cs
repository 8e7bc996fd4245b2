using System.Text;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>JSON made to hurt its reader.</summary>
internal static class Hostile
{
    public static byte[] Deep(int levels) => Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));

    public static byte[] FiveMegabytes { get; } =
        Encoding.UTF8.GetBytes("{\"ok\":true,\"list\":[" + string.Join(",", Enumerable.Repeat("{\"a\":[1,2,3],\"b\":\"0123456789\"}", 165_000)) + "]}");

    /// <summary>Answers that must be survived.</summary>
    public static IReadOnlyList<byte[]> Json { get; } =
    [
        Deep(1_000),
        Deep(100_000),
        FiveMegabytes,
        "{\"ok\":true,\"\\ud83d\":1}"u8.ToArray(),
        "{\"ok\":\"true\"}"u8.ToArray(),
        "{\"ok\":true,\"channel\":{},\"ts\":[],\"user\":7}"u8.ToArray(),
        "{\"ok\":false,\"error\":{\"code\":1}}"u8.ToArray(),
        "{\"ok\":false,\"error\":\"\\ud83d\"}"u8.ToArray(),
        "[]"u8.ToArray(),
        "null"u8.ToArray(),
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
        [(byte)'"', 0xFF, 0xFE, (byte)'"'],
    ];

    /// <summary>Bodies no reader may take for JSON.</summary>
    public static IReadOnlyList<byte[]> NotJson { get; } =
    [
        [],
        "not json"u8.ToArray(),
        "{\"a\":1"u8.ToArray(),
        "{} {}"u8.ToArray(),
        "{\"a\":1,}"u8.ToArray(),
        "{\"a\":1,\"a\":2}"u8.ToArray(),
        "{\"deep\":[{\"a\":1,\"\\u0061\":2}]}"u8.ToArray(),
        [(byte)'"', 0xC3, (byte)'"'],
        Deep(65),
        Deep(1_000),
        "{\"\\ud83d\":1}"u8.ToArray(),
    ];

    /// <summary>JSON of shapes and values that no document of any platform shows.</summary>
    public static IReadOnlyList<byte[]> Odd { get; } =
    [
        "7"u8.ToArray(),
        "[1]"u8.ToArray(),
        "[[],{},null]"u8.ToArray(),
        "{\"payload\":null}"u8.ToArray(),
        "{\"payload\":[1,{\"type\":7,\"data\":[]}]}"u8.ToArray(),
        "{\"data\":[],\"type\":{},\"id\":[],\"meta\":7}"u8.ToArray(),
        "{\"data\":{\"meta\":{\"webhook\":{\"event\":7}},\"id\":{}}}"u8.ToArray(),
        "{\"webhookEventName\":7,\"webhookEventId\":{},\"payload\":[]}"u8.ToArray(),
        "{\"webhookEventName\":\"\",\"webhookEventId\":\"\"}"u8.ToArray(),
        "{\"event\":{\"type\":[]},\"type\":\"event_callback\",\"event_id\":1e9}"u8.ToArray(),
        "[{\"subscriptionType\":null,\"eventId\":-1e400,\"occurredAt\":1e999}]"u8.ToArray(),
        "{\"occurredAt\":\"soon\",\"test\":\"true\",\"live\":{\"id\":7},\"member\":[]}"u8.ToArray(),
        "{\"occurredAt\":1e300,\"live\":{\"id\":\"\\ud83d\"}}"u8.ToArray(),
        "{\"type\":\"\\ud83d\",\"id\":\"\\udc00\",\"event\":\"\\ud83d\",\"webhookEventName\":\"\\ud83d\"}"u8.ToArray(),
        "{\"occurredAt\":-1}"u8.ToArray(),
        "{\"occurredAt\":9223372036854775807,\"created\":9223372036854775807,\"timestamp\":\"9999-99-99T99:99:99Z\"}"u8.ToArray(),
        Deep(64),
    ];
}
