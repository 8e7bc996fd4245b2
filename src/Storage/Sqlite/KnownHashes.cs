namespace ConnectorHub.Storage.Sqlite;

/// <summary>Hashes whose rows are surely stored: those of committed transactions, and for its own writes those of the open one.</summary>
internal sealed class KnownHashes
{
    private readonly HashSet<string> _committed = [];
    private readonly List<string> _pending = [];

    public int Mark => _pending.Count;

    public bool Contains(string hash) => _committed.Contains(hash) || _pending.Contains(hash);

    public void Add(string hash) => _pending.Add(hash);

    public void Commit()
    {
        _committed.UnionWith(_pending);
        _pending.Clear();
    }

    public void Rollback() => RollbackTo(0);

    public void RollbackTo(int mark) => _pending.RemoveRange(mark, _pending.Count - mark);
}
