using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectorHub.Tests.StandIns.Faults;

/// <summary>What may go wrong with one request.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>429, nothing is done.</summary>
    Limit,

    /// <summary>5xx with a page in HTML, nothing is done.</summary>
    Fail,

    /// <summary>Done, and answered late.</summary>
    Slow,

    /// <summary>Done, and the connection ends in the middle of the answer.</summary>
    Cut,

    /// <summary>Done, and the connection ends before the answer.</summary>
    Lose,

    /// <summary>The credential is no longer taken.</summary>
    Revoked,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>The connection is closed at once.</summary>
    Refused,
}

/// <summary>How all requests fare until further notice.</summary>
internal enum Outage
{
    /// <summary>Each as the rates say.</summary>
    None,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>Closed at once.</summary>
    Refused,
}

/// <summary>What goes wrong with a platform, alike for all of them. The default is perfect health.</summary>
internal sealed record FaultPlan
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    /// <summary>Share of requests answered with 429.</summary>
    public double Limit { get; init; }

    /// <summary>The <c>Retry-After</c> of a 429 in seconds; null leaves it out.</summary>
    public int? RetryAfter { get; init; } = 1;

    /// <summary>True writes <c>Retry-After</c> as a date.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>Share of requests answered with a page and <see cref="FailStatus"/>.</summary>
    public double Fail { get; init; }

    public int FailStatus { get; init; } = 502;

    /// <summary>Share of requests answered only after <see cref="SlowMs"/>.</summary>
    public double Slow { get; init; }

    public int SlowMs { get; init; } = 2000;

    /// <summary>Share of requests done and answered by half an answer.</summary>
    public double Cut { get; init; }

    /// <summary>Share of requests done and not answered.</summary>
    public double Lose { get; init; }

    /// <summary>True refuses every credential.</summary>
    public bool Revoked { get; init; }

    public Outage Outage { get; init; }

    /// <summary>The one operation it is about, such as <c>chat.postMessage</c>; null is all.</summary>
    public string? Only { get; init; }

    /// <summary>The same seed makes the same chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What befalls the next requests, one each, before all else.</summary>
    public IReadOnlyList<Fault> Next { get; init; } = [];

    /// <summary>Reads a plan; <paramref name="flaw"/> says what is wrong with it.</summary>
    public static FaultPlan? Read(ReadOnlySpan<byte> json, out string flaw)
    {
        try
        {
            var plan = JsonSerializer.Deserialize<FaultPlan>(json, Strict) ?? new FaultPlan();
            flaw = plan.FindFlaw() ?? string.Empty;
            return flaw.Length == 0 ? plan : null;
        }
        catch (JsonException wrong)
        {
            flaw = wrong.Message;
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, Strict);

    /// <summary>What is wrong with it, or null.</summary>
    public string? FindFlaw()
    {
        double[] rates = [Limit, Fail, Slow, Cut, Lose];
        if (rates.Any(rate => rate is < 0 or > 1) || rates.Sum() > 1)
        {
            return "limit, fail, slow, cut and lose are shares of the requests: each between 0 and 1, and not more than 1 together.";
        }

        return FailStatus is < 500 or > 599 ? $"failStatus is {FailStatus}; it must be between 500 and 599." : SlowMs < 0 ? "slowMs must not be negative." : null;
    }
}
