using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>The names an expression sees. Few of them, so they are searched in order; cheap to make, not for several threads at once.</summary>
public sealed class Scope
{
    private KeyValuePair<string, Value>[] _names;
    private int _count;

    /// <summary>An empty scope.</summary>
    public Scope() => _names = new KeyValuePair<string, Value>[8];

    private Scope(Scope other)
    {
        _names = (KeyValuePair<string, Value>[])other._names.Clone();
        _count = other._count;
        Doubts = other.Doubts;
    }

    /// <summary>Where filters say what looks wrong although it can be computed; null outside of a check.</summary>
    public ICollection<Doubt>? Doubts { get; set; }

    /// <summary>The names in the order they were set.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Names => _names.Take(_count);

    /// <summary>The value of a name, Missing where it is unknown.</summary>
    public Value this[string name]
    {
        get
        {
            var at = Find(name);
            return at < 0 ? Value.Missing : _names[at].Value;
        }
    }

    /// <summary>Sets a name in this scope and returns it.</summary>
    public Scope Set(string name, Value value)
    {
        var at = Find(name);
        if (at < 0)
        {
            if (_count == _names.Length)
            {
                Array.Resize(ref _names, _count * 2);
            }

            at = _count++;
        }

        _names[at] = new(name, value);
        return this;
    }

    /// <summary>A scope of its own with the same names.</summary>
    public Scope Copy() => new(this);

    private int Find(string name)
    {
        for (var at = 0; at < _count; at++)
        {
            if (string.Equals(_names[at].Key, name, StringComparison.Ordinal))
            {
                return at;
            }
        }

        return -1;
    }
}
