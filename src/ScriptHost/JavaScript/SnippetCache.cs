using ConnectorHub.Scripting;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>The snippets read last. Bounded by the length of their code, because a tree takes many times that.</summary>
internal sealed class SnippetCache
{
    private const int MaxCharacters = 200_000;

    private readonly Dictionary<string, Snippet> _byHash = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _characters;

    public Snippet Get(ScriptAsk ask)
    {
        var (hash, code) = (ask.Hash, ask.Code);
        if (_byHash.TryGetValue(hash, out var known) && string.Equals(known.Code, code, StringComparison.Ordinal))
            return known;
        var snippet = SnippetReader.Read(code, ask.IsLowered);
        if (known is null && hash.Length > 0)
            Keep(hash, snippet);
        return snippet;
    }

    private void Keep(string hash, Snippet snippet)
    {
        _byHash[hash] = snippet;
        _order.Enqueue(hash);
        _characters += snippet.Code.Length;
        while (_characters > MaxCharacters && _order.Count > 1)
        {
            _byHash.Remove(_order.Dequeue(), out var oldest);
            _characters -= oldest!.Code.Length;
        }
    }
}
