using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Scripting.Lowering;

/// <summary>Knows of each snippet how the engine reads it: from memory, from the folder, or from the compile process, once.</summary>
internal sealed partial class Lowerings
{
    // Text of all snippets known. What is dropped is found in the folder again.
    private const int MaxCharacters = 64 * 1024 * 1024;

    private readonly CompileLane _lane;
    private readonly LoweringFolder? _folder;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Lowered> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Lowered>>> _underWay = new(StringComparer.Ordinal);
    private int _characters;

    public Lowerings(ScriptPoolOptions options, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _lane = new CompileLane(options, time, logger);
        // The program that lowers is the version: whatever changes in it makes the lowerings anew.
        if (options.LoweredFolder is { } folder && File.Exists(options.Program))
            _folder = new LoweringFolder(folder, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(options.Program))), time);
    }

    public int CompileStarts => _lane.Starts;

    public int? CompileId => _lane.ProcessId;

    /// <summary>Null where the snippet is new: a host finds out whether it is plain, unless <see cref="IsSuspect"/>.</summary>
    public Lowered? Known(string code) => _known.GetValueOrDefault(code);

    /// <summary>
    /// Whether code the engine would read names what scripts do not have, or writes a character as it does not. In a comment it means nothing:
    /// the compile process, which sees the tree, decides.
    /// </summary>
    public static bool IsSuspect(string code) => Suspects().IsMatch(code);

    public void IsPlain(string code) => Remember(code, Lowered.Plain.Instance);

    /// <summary>The same snippet asked for at once by many is lowered once.</summary>
    public async Task<Lowered> LowerAsync(string code, CancellationToken ct)
    {
        if (Known(code) is { } known)
            return known;
        var lowering = _underWay.GetOrAdd(code, static (code, self) => new Lazy<Task<Lowered>>(() => self.FindOrMakeAsync(code)), this);
        return await lowering.Value.WaitAsync(ct).ConfigureAwait(false);
    }

    public Task StopAsync() => _lane.StopAsync();

    private async Task<Lowered> FindOrMakeAsync(string code)
    {
        try
        {
            var lowered = _folder is null ? null : await _folder.FindAsync(code).ConfigureAwait(false);
            lowered ??= await MakeAsync(code).ConfigureAwait(false);
            if (lowered is not Lowered.Failed)
                Remember(code, lowered);
            return lowered;
        }
        finally
        {
            _underWay.TryRemove(code, out _);
        }
    }

    private async Task<Lowered> MakeAsync(string code)
    {
        if (Nesting.TooDeep(code) is var (line, column))
            return new Lowered.Refused($"The script nests brackets deeper than {Nesting.Most} here. Build the value in steps.", line, column);
        var (lowered, json) = await _lane.LowerAsync(code).ConfigureAwait(false);
        if (_folder is not null && !json.IsEmpty && await _folder.KeepAsync(code, json).ConfigureAwait(false) is { } problem)
            Log.LoweringNotKept(_logger, problem);
        return lowered;
    }

    private void Remember(string code, Lowered lowered)
    {
        if (!_known.TryAdd(code, lowered))
            return;
        var size = code.Length + (lowered is Lowered.Code { Text: var text, Map: var map } ? text.Length + map.Length : 0);
        if (Interlocked.Add(ref _characters, size) <= MaxCharacters)
            return;
        _known.Clear();
        Interlocked.Exchange(ref _characters, 0);
    }

    [GeneratedRegex(@"\b(?:await|async|import|export|exports|require|Promise|fetch|XMLHttpRequest|WebSocket|EventSource|queueMicrotask|requestAnimationFrame|(?:set|clear)(?:Timeout|Interval|Immediate))\b|\\u\{")]
    private static partial Regex Suspects();
}
