using System.Text.Json;
using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting;

/// <summary>The tables in <c>Conformance</c>: what the standard says a piece of JavaScript comes to. Each is a script of its own.</summary>
public sealed class ConformanceTests : IAsyncDisposable
{
    // What a script comes to is asked here, not how long it takes.
    private readonly Scripts _scripts = new(new ScriptPoolOptions { Hosts = 2, Cpu = TimeSpan.FromSeconds(20), Wall = TimeSpan.FromSeconds(60) });

    private const string Arrow = " ⇒ ";
    private const string Statements = "do: ";

    // Writes a value so that undefined, -0 and holes can be told apart.
    private const string Show = """
        function show(v, d) {
          if (v === undefined) return 'undefined';
          if (typeof v === 'number') return v === 0 && 1 / v < 0 ? '-0' : String(v);
          if (typeof v === 'string') return JSON.stringify(v);
          if (typeof v === 'function') return 'function';
          if (v === null || typeof v !== 'object') return String(v);
          if ((d = d || 0) > 5) return '…';
          if (Array.isArray(v)) { var r = []; for (var i = 0; i < v.length; i++) r.push(i in v ? show(v[i], d + 1) : 'hole'); return '[' + r.join(', ') + ']'; }
          var c = Object.prototype.toString.call(v);
          if (c === '[object Error]') return String(v.name);
          if (c === '[object RegExp]') return String(v);
          return '{' + Object.keys(v).map(function (k) { return k + ': ' + show(v[k], d + 1); }).join(', ') + '}';
        }
        """;

    public static TheoryData<string> Tables => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scripting", "Conformance");

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Every_line_of_a_table_comes_to_what_the_standard_says(string table)
    {
        var lines = Lines(table);

        var found = await Task.WhenAll(lines.Select(async line => (Line: line, Value: await Value(Code(line)))));

        Assert.Equal("", string.Join("\n", found.Where(each => each.Value != Expected(each.Line)).Select(each => $"{each.Line} but here {each.Value}")));
    }

    [Fact]
    public void The_tables_hold_at_least_1600_lines_and_none_twice()
    {
        var lines = Tables.Select(table => table.Data).SelectMany(Lines).ToList();

        Assert.InRange(lines.Count, 1600, 10_000);
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    public ValueTask DisposeAsync() => _scripts.DisposeAsync();

    private static List<string> Lines(string table) =>
        [.. File.ReadLines(Path.Combine(Folder, table + ".txt")).Where(line => line.Length > 0 && !line.StartsWith('#'))];

    private static string Code(string line)
    {
        var code = line[..line.LastIndexOf(Arrow, StringComparison.Ordinal)];
        return code.StartsWith(Statements, StringComparison.Ordinal) ? code[Statements.Length..] : $"return ({code})";
    }

    private static string Expected(string line) => line[(line.LastIndexOf(Arrow, StringComparison.Ordinal) + Arrow.Length)..];

    private async Task<string> Value(string code) =>
        await _scripts.Run($"{Show}\ntry {{ return show((function () {{{code}\n}})()) }} catch (e) {{ return 'throws ' + e.name }}") switch
        {
            ScriptAnswer.Returned returned => JsonSerializer.Deserialize<string>(returned.Json.Span)!,
            var other => other.ToString(),
        };
}
