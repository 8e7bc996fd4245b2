using System.Globalization;
using System.Text;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var page = new StringBuilder(16 * 1024);
        foreach (var family in families.OrderBy(family => Name(family), StringComparer.Ordinal))
        {
            Write(page, family);
        }

        return page.ToString();
    }

    /// <summary>As Prometheus names an OpenTelemetry instrument: its unit in the name, and <c>_total</c> behind what is counted.</summary>
    public static string Name(MetricFamily family)
    {
        var unit = family.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => string.Empty,
        };
        var total = family.Kind == MetricKind.Counter ? "_total" : string.Empty;
        return family.Instrument.Name.Replace('.', '_') + unit + total;
    }

    private static void Write(StringBuilder page, MetricFamily family)
    {
        var name = Name(family);
        page.Append("# HELP ").Append(name).Append(' ').Append(Escaped(family.Instrument.Description ?? string.Empty, quotes: false)).Append('\n');
        page.Append("# TYPE ").Append(name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var series in family.Series)
        {
            if (family.Kind == MetricKind.Histogram)
            {
                WriteHistogram(page, name, series, family.Bounds);
            }
            else
            {
                Line(page, name, series, null, series.Read().Value);
            }
        }
    }

    private static void WriteHistogram(StringBuilder page, string name, MetricSeries series, double[] bounds)
    {
        var (sum, count, buckets) = series.Read();
        var below = 0L;
        for (var i = 0; i < bounds.Length; i++)
        {
            below += buckets[i];
            Line(page, $"{name}_bucket", series, Number(bounds[i]), below);
        }

        Line(page, $"{name}_bucket", series, "+Inf", count);
        Line(page, $"{name}_sum", series, null, sum);
        Line(page, $"{name}_count", series, null, count);
    }

    private static void Line(StringBuilder page, string name, MetricSeries series, string? bound, double value)
    {
        page.Append(name);
        var labels = series.Labels.Select(label => (label.Key, Value: Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? string.Empty));
        var all = (bound is null ? labels : labels.Append((Key: "le", Value: bound))).Select(label => $"{label.Key}=\"{Escaped(label.Value, quotes: true)}\"").ToList();
        if (all.Count > 0)
        {
            page.Append('{').AppendJoin(',', all).Append('}');
        }

        page.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text, bool quotes)
    {
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
