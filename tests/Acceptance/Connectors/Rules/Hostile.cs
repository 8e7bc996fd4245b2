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
}
