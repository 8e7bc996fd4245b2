using System.Globalization;

namespace ConnectorHub.Tests.StandIns.Faults;

/// <summary>Decides what goes wrong with each request of one platform.</summary>
internal sealed class FaultDesk(TimeProvider time)
{
    private readonly Lock _lock = new();
    private FaultPlan _plan = new();
    private Random _chance = new(1);
    private Queue<Fault> _next = new();

    /// <summary>The plan in force. A new one starts its chance anew.</summary>
    public FaultPlan Plan
    {
        get
        {
            lock (_lock)
            {
                return _plan;
            }
        }

        set
        {
            lock (_lock)
            {
                _plan = value;
                _chance = new Random(value.Seed);
                _next = new Queue<Fault>(value.Next);
            }
        }
    }

    /// <summary>What befalls the next requests, one each, after those that wait already.</summary>
    public void Next(params ReadOnlySpan<Fault> faults)
    {
        lock (_lock)
        {
            foreach (var fault in faults)
            {
                _next.Enqueue(fault);
            }
        }
    }

    /// <summary>What befalls this request.</summary>
    public Fault Draw(string operation)
    {
        lock (_lock)
        {
            if (_plan.Only is { } only && only != operation)
            {
                return Fault.None;
            }

            return _next.TryDequeue(out var next) ? next : _plan switch
            {
                { Outage: Outage.Refused } => Fault.Refused,
                { Outage: Outage.Unavailable } => Fault.Unavailable,
                { Revoked: true } => Fault.Revoked,
                _ => Roll(),
            };
        }
    }

    /// <summary>What a 429 says about waiting; null where it says nothing.</summary>
    public string? RetryAfter()
    {
        var plan = Plan;
        return plan.RetryAfter is not { } seconds ? null
            : plan.RetryAfterAsDate ? time.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture)
            : seconds.ToString(CultureInfo.InvariantCulture);
    }

    private Fault Roll()
    {
        var rolled = _chance.NextDouble();
        foreach (var (rate, fault) in new[]
        {
            (_plan.Limit, Fault.Limit), (_plan.Fail, Fault.Fail), (_plan.Slow, Fault.Slow), (_plan.Cut, Fault.Cut), (_plan.Lose, Fault.Lose),
        })
        {
            if (rolled < rate)
            {
                return fault;
            }

            rolled -= rate;
        }

        return Fault.None;
    }
}
