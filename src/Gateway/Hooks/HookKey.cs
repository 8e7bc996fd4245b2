using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>Names an account of the ledger: one hook, or all addresses that are none.</summary>
internal readonly record struct HookKey(HookScope Scope, string Connection, string Event)
{
    /// <summary>All addresses that name no connection.</summary>
    public static readonly HookKey Strangers = new(HookScope.OtherConnections, string.Empty, string.Empty);

    public static HookKey Of(Hook hook) => new(HookScope.Hook, hook.Connection.Name, hook.Event);

    public static HookKey Of(HookRow row) => new(row.Scope, row.Connection, row.HookEvent);

    /// <summary>All addresses below a connection that are no hook.</summary>
    public static HookKey OthersOf(string connection) => new(HookScope.OtherAddresses, connection, string.Empty);

    /// <summary>As people read it: <c>connection/event</c>, or which addresses are meant.</summary>
    public string Name => Scope switch
    {
        HookScope.Hook => Event.Length == 0 ? Connection : $"{Connection}/{Event}",
        HookScope.OtherAddresses => $"{Connection}/…",
        HookScope.OtherConnections => "…",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
