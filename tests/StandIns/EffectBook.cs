using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns;

/// <summary>What a stand-in was asked, and what came of it.</summary>
internal sealed class EffectBook
{
    private const int KeptLines = 500;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<string> _lines = new();
    private int _effects;
    private int _doubles;
    private int _refused;

    /// <summary>Everything that happened.</summary>
    public int Effects => Read(() => _effects);

    /// <summary>What happened again with a key that had been there.</summary>
    public int Doubles => Read(() => _doubles);

    /// <summary>Requests that were answered with a refusal, faults included.</summary>
    public int Refused => Read(() => _refused);

    /// <summary>The last of what happened, a line each.</summary>
    public IReadOnlyList<string> Lines => Read(() => (IReadOnlyList<string>)[.. _lines]);

    /// <summary>How often an operation was asked for, faults included.</summary>
    public int CallsOf(string operation) => Read(() => _calls.GetValueOrDefault(operation));

    public void Count(string operation, bool refused)
    {
        lock (_lock)
        {
            _calls[operation] = _calls.GetValueOrDefault(operation) + 1;
            _refused += refused ? 1 : 0;
        }
    }

    public void Add(string line, string? key)
    {
        lock (_lock)
        {
            _effects++;
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
            }

            if (key is not null)
            {
                var before = _byKey.GetValueOrDefault(key);
                _byKey[key] = before + 1;
                _doubles += before > 0 ? 1 : 0;
            }
        }
    }

    /// <summary>All of it, for a person or a test on the other side of a port.</summary>
    public JsonObject ToJson() => Read(() => new JsonObject
    {
        ["calls"] = new JsonObject(_calls.Select(call => KeyValuePair.Create(call.Key, (JsonNode?)call.Value))),
        ["effects"] = _effects,
        ["doubles"] = _doubles,
        ["refused"] = _refused,
        ["doubled"] = new JsonArray([.. _byKey.Where(entry => entry.Value > 1).Take(20).Select(entry => (JsonNode)entry.Key)]),
        ["lines"] = new JsonArray([.. _lines.Select(line => (JsonNode)line)]),
    });

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
