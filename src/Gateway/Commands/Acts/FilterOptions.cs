using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Settings;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary>The options by which commands choose runs.</summary>
internal sealed partial class FilterOptions
{
    private readonly Option<string?> _recipe = new("--recipe") { Description = "Runs of this recipe: its file without .yaml." };
    private readonly Option<string?> _source = new("--source") { Description = "Of events of this source, such as meltingspot." };
    private readonly Option<string?> _connection = new("--connection") { Description = "That this connection stopped." };
    private readonly Option<string?> _step = new("--step") { Description = "That stopped at this step." };
    private readonly Option<string?> _code = new("--code") { Description = "That stopped with this error code." };
    private readonly Option<string?> _text = new("--text") { Description = "Whose event holds this text, such as an e-mail address." };
    private readonly Option<string?> _since = new("--since") { Description = "That stopped since then: 12h, 7d, or 2026-05-07, 2026-05-07T14:00." };
    private readonly Option<string?> _until = new("--until") { Description = "That stopped before then." };

    /// <summary>What only runs have.</summary>
    public Option Connection => _connection;

    public Option Step => _step;

    public Option Code => _code;

    public IReadOnlyList<Symbol> All => [_recipe, _source, _connection, _step, _code, _text, _since, _until];

    public FilterBody Read(ParseResult parsed, string zone) => new(
        null,
        parsed.GetValue(_recipe),
        parsed.GetValue(_source),
        parsed.GetValue(_connection),
        parsed.GetValue(_step),
        parsed.GetValue(_code),
        parsed.GetValue(_text),
        Moment(parsed.GetValue(_since), "--since", zone),
        Moment(parsed.GetValue(_until), "--until", zone));

    /// <summary>True where at least one was given.</summary>
    public bool Any(ParseResult parsed) => All.Any(symbol => symbol is Option option && parsed.GetResult(option) is { Implicit: false });

    /// <summary>As a query of the admin API, with a leading <c>&amp;</c> for each part.</summary>
    public static string Query(FilterBody filter) =>
        Part("recipe", filter.Recipe) + Part("source", filter.Source) + Part("connection", filter.Connection) + Part("step", filter.Step) + Part("code", filter.Code)
        + Part("text", filter.Text) + Part("since", filter.Since?.ToString("o")) + Part("until", filter.Until?.ToString("o"))
        + Part("state", filter.State?.ToString());

    /// <summary>The moment a text names: a span back from now, a date or a date with a time, in the hub's zone.</summary>
    public static DateTimeOffset? Moment(string? text, string option, string zone, bool ahead = false)
    {
        if (text is null)
        {
            return null;
        }

        if (Durations.TryParse(text, out var span))
        {
            return TimeProvider.System.GetUtcNow() + (ahead ? span : -span);
        }

        return Date(text, zone) switch
        {
            null => throw new CommandFailedException($"'{option}' is '{text}'. Write a span such as 30m, 12h, 7d, or a date such as 2026-05-07 or 2026-05-07T14:00."),
            { } past when ahead && past <= TimeProvider.System.GetUtcNow() => throw new CommandFailedException($"'{option}' is '{text}', which is past. Write a time to come."),
            var moment => moment,
        };
    }

    // The year first: of 03/04/2026 nobody knows whether it is in March or in April.
    private static DateTimeOffset? Date(string text, string zone)
    {
        if (IsoDate().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
        {
            var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal) && text.Contains('T', StringComparison.Ordinal);
            var local = moment.DateTime;
            var here = zone.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone);
            return hasOffset ? moment : new DateTimeOffset(local, here.GetUtcOffset(local));
        }

        return null;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}($|[T ])")]
    private static partial Regex IsoDate();

    private static string Part(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}
