using ConnectorHub.Tests.StandIns.Faults;

namespace ConnectorHub.Tests.StandIns;

/// <summary>One thing a platform can be asked for: its name as the platform's own reference has it, and what answering does.</summary>
internal sealed record Operation(string Name, Func<StandInReply> Run);

/// <summary>
/// A platform as far as connectors use it, with its state in memory. <see cref="Answer"/> is all there is: no socket, and no clock but the one
/// it is given, so that a day of quotas passes in a millisecond.
/// </summary>
internal abstract class StandIn(string name, TimeProvider time, Action<string>? tell = null)
{
    private readonly Lock _gate = new();

    /// <summary>Its name, and its first part of a path where several share a port.</summary>
    public string Name => name;

    /// <summary>What goes wrong.</summary>
    public FaultDesk Faults { get; } = new(time);

    /// <summary>What was asked and what came of it.</summary>
    public EffectBook Book { get; } = new();

    protected TimeProvider Time => time;

    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Answers one request. Requests that come at once are answered one after the other.</summary>
    public StandInReply Answer(StandInRequest request)
    {
        lock (_gate)
        {
            var operation = Find(request) ?? new Operation("unknown", () => Unknown(request));
            var reply = Serve(operation, request);
            Book.Count(operation.Name, reply.IsRefusal);
            return reply;
        }
    }

    /// <summary>Reads the state while no request changes it.</summary>
    public T Look<T>(Func<T> look)
    {
        lock (_gate)
        {
            return look();
        }
    }

    /// <summary>What a request asks for; null where the platform has nothing at that address.</summary>
    protected abstract Operation? Find(StandInRequest request);

    /// <summary>"There is no such thing", in the platform's words.</summary>
    protected abstract StandInReply Unknown(StandInRequest request);

    /// <summary>"Slow down", in the platform's words.</summary>
    protected abstract StandInReply Limited();

    /// <summary>"This credential is no longer good", in the platform's words.</summary>
    protected abstract StandInReply Revoked(Operation operation);

    /// <summary>Something happened that a person would see.</summary>
    /// <param name="line">One line for people.</param>
    /// <param name="key">By which a second one is known to be the same again; null where nothing tells.</param>
    protected void Happened(string line, string? key)
    {
        Book.Add(line, key);
        tell?.Invoke($"{name} {line}");
    }

    private StandInReply Serve(Operation operation, StandInRequest request)
    {
        if (request.TooLarge)
        {
            return StandInReply.Page(413);
        }

        var plan = Faults.Plan;
        return Faults.Draw(operation.Name) switch
        {
            Fault.Limit => Limited().Waiting(Faults.RetryAfter()),
            Fault.Fail => StandInReply.Page(plan.FailStatus),
            Fault.Revoked => Revoked(operation),
            Fault.Unavailable => StandInReply.Page(503),
            Fault.Refused => StandInReply.Page(503) with { Fate = Fate.Refused },
            Fault.Slow => operation.Run() with { Delay = TimeSpan.FromMilliseconds(plan.SlowMs) },
            Fault.Cut => operation.Run() with { Fate = Fate.Cut },
            Fault.Lose => operation.Run() with { Fate = Fate.Lost },
            _ => operation.Run(),
        };
    }
}
