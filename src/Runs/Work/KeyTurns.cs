namespace ConnectorHub.Runs.Work;

/// <summary>One at a time for each key, so that two runs of this process do not make the same thing at the same moment.</summary>
internal sealed class KeyTurns
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Waits for the key's turn; disposing gives it on. Without a key there is nothing to wait for.</summary>
    public async ValueTask<IDisposable?> TakeAsync(string? key, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return null;
        }

        Turn turn;
        lock (_turns)
        {
            if (!_turns.TryGetValue(key, out turn!))
            {
                _turns.Add(key, turn = new Turn(this, key));
            }

            turn.Users++;
        }

        try
        {
            await turn.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    private void Leave(Turn turn)
    {
        lock (_turns)
        {
            if (--turn.Users == 0)
            {
                _turns.Remove(turn.Key);
            }
        }
    }

    private sealed class Turn(KeyTurns owner, string key) : IDisposable
    {
        public string Key => key;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose()
        {
            Gate.Release();
            owner.Leave(this);
        }
    }
}
