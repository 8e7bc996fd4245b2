using System.Text;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;
using NodaTime;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>What an expression of the recipe would see, once for each sample of the events it wants.</summary>
internal sealed class SampleScopes
{
    private readonly List<(EventSample Sample, Scope Scope)> _scopes = [];
    private readonly HashSet<string> _unjudged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _others = new(StringComparer.Ordinal);
    private DateTimeZone? _zone;

    /// <summary>What the hub itself says of an event.</summary>
    public static Value Meta { get; } = Value.Parse(
        Encoding.UTF8.GetBytes("""{"id":"evt_sample","source":"sample","type":"sample","time":"2024-05-07T15:28:34Z","receivedAt":"2024-05-07T15:28:35Z","test":false,"hook":"sample"}"""));

    public IReadOnlyList<(EventSample Sample, Scope Scope)> Scopes => _scopes;

    public string Names => string.Join(" or ", _scopes.Select(scope => scope.Sample.Name));

    /// <summary>One of the samples was put together without the platform's own, so what it lacks may exist.</summary>
    public bool Inferred => _scopes.Exists(scope => scope.Sample.Type.Inferred);

    public void Begin(RecipeFile file, Trigger? when)
    {
        _zone = file.Zone;
        var samples = when is ScheduleTrigger ? [file.Firing] : when?.Events.Select(type => file.Catalog.Sample(when.Source, type)).ToList() ?? [];
        if (samples.Contains(null))
        {
            // An event without a sample may have anything.
            return;
        }

        foreach (var sample in samples.OfType<EventSample>())
        {
            _scopes.Add((sample, new Scope().Set("event", sample.Body).Set("meta", Meta).Set("shared", file.Shared)));
        }
    }

    /// <summary>Names a value for the expressions below it.</summary>
    /// <param name="judged">False where only a run can tell what it is.</param>
    public void Set(string name, Expression value, bool judged)
    {
        if (!judged)
        {
            _unjudged.Add(name);
            return;
        }

        if (value is Template { IsOnePlaceholder: true } template && template.Paths.ToList() is [var only] && template.Text.Trim('{', '}', ' ') == only.Text)
        {
            _others[name] = _others.TryGetValue(only.Path.Root, out var further) ? further + only.Text[only.Path.Root.Length..] : only.Text;
        }

        foreach (var (_, scope) in _scopes)
        {
            var result = value.EvaluateNow(scope, _zone);
            if (result.Failure is not null)
            {
                _unjudged.Add(name);
                return;
            }

            scope.Set(name, result.Value);
        }
    }

    /// <summary>True where the samples can say whether a path below this name exists.</summary>
    public bool Judges(string root) => _scopes.Count > 0 && root != "steps" && !_unjudged.Contains(root);

    /// <summary>True below a map whose names are free, and for such a map itself.</summary>
    public bool IsOpen(EventSample sample, Path path) => path.Root switch
    {
        "meta" or "shared" => false,
        "event" => IsOpen(sample, path.Text),
        _ when _others.TryGetValue(path.Root, out var other) => IsOpen(sample, other + path.Text[path.Root.Length..]),
        // A top value may be made of such a map.
        _ => sample.Type.Open.Count > 0,
    };

    public static bool IsOpen(EventSample sample, string path) =>
        sample.Type.Open.Any(open => IsBelow(path, open.StartsWith("event.", StringComparison.Ordinal) ? open : $"event.{open}"));

    private static bool IsBelow(string path, string open) =>
        path.StartsWith(open, StringComparison.Ordinal) && (path.Length == open.Length || path[open.Length] is '.' or '[');
}
