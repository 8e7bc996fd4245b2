using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.Gateway.Telemetry;

/// <summary>Reads Prometheus' text format by its grammar and refuses everything else.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    public Exposition(string page)
    {
        Assert.EndsWith("\n", page, StringComparison.Ordinal);
        string? family = null;
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in page.TrimEnd('\n').Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                family = help.Groups["name"].Value;
                Assert.True(closed.Add(family), $"{family} comes twice.");
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                Assert.Equal(family, type.Groups["name"].Value);
                _types[family!] = type.Groups["type"].Value;
            }
            else
            {
                Sample(line, family!);
            }
        }

        Assert.All(Histograms, Judge);
    }

    public IReadOnlyDictionary<string, string> Types => _types;

    public IEnumerable<string> Names => _samples.Keys;

    public double this[string sample] => _samples.TryGetValue(sample, out var value) ? value : throw new Xunit.Sdk.XunitException($"There is no {sample} among\n{string.Join('\n', _samples.Keys)}");

    public bool Has(string sample) => _samples.ContainsKey(sample);

    private IEnumerable<string> Histograms => _types.Where(type => type.Value == "histogram").Select(type => type.Key);

    private void Sample(string line, string family)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, $"This is no line of the format: {line}");
        var name = match.Groups["name"].Value;
        var own = _types[family] == "histogram" ? new[] { $"{family}_bucket", $"{family}_sum", $"{family}_count" } : [family];
        Assert.Contains(name, own);
        var labels = match.Groups["label"].Captures.Select(label => label.Value).ToList();
        Assert.Equal(labels.Count, labels.Distinct().Count());
        Assert.True(_samples.TryAdd(line[..line.LastIndexOf(' ')], Number(match.Groups["value"].Value)), $"{line} comes twice.");
    }

    // Buckets never fall, and the last holds all.
    private void Judge(string family)
    {
        foreach (var group in _samples.Keys.Where(key => key.StartsWith($"{family}_bucket", StringComparison.Ordinal)).GroupBy(key => Bound().Replace(key, string.Empty)))
        {
            var bounds = group.Select(key => (Bound: Number(Bound().Match(key).Groups[1].Value), Count: _samples[key])).ToList();
            Assert.Equal(bounds.OrderBy(bucket => bucket.Bound), bounds);
            Assert.Equal(bounds.OrderBy(bucket => bucket.Count), bounds);
            Assert.Equal(double.PositiveInfinity, bounds[^1].Bound);
            var rest = group.Key[$"{family}_bucket".Length..].Replace("{}", string.Empty, StringComparison.Ordinal);
            Assert.Equal(bounds[^1].Count, _samples[$"{family}_count{rest}"]);
            Assert.Contains($"{family}_sum{rest}", _samples.Keys);
        }
    }

    private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\n]|\\\\|\\n)+$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:(?<label>[a-zA-Z_][a-zA-Z0-9_]*)=""(?:[^""\\\n]|\\\\|\\""|\\n)*""(?:,(?=[a-z])|(?=\})))+\})? (?<value>-?[0-9.]+(?:E[+-]?[0-9]+)?|\+Inf|NaN)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@",?le=""([^""]*)""")]
    private static partial Regex Bound();
}
