using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting.Hostile;

/// <summary>One script that means harm, and what must come of it: <c>returns JSON</c>, <c>throws</c>, <c>over budget</c>, or only <c>contained</c>.</summary>
internal sealed record HostileScript(string Category, string Name, string Expected, string Code);

/// <summary>
/// The scripts in the text files of this folder, one after the other: a line <c>=== name | expected</c>, then the code.
/// <c>%%20000 x (%%</c> stands for 20,000 brackets, <c>%%U+202E%%</c> for a character that one would not see.
/// This file is also compiled into the benchmarks.
/// </summary>
internal static partial class HostileCorpus
{
    /// <summary>What the script after a hostile one must return, though that one had its hands on everything it uses.</summary>
    public const string Probe = """
        return [({}).evil === undefined, typeof leaked, [1, 2].map(function (x) { return x * 2 }), 'abc'.charAt(1), (255).toString(16), JSON.stringify({ a: [1] }),
          JSON.parse('{"p":1}').p, /x/.test('axb'), new Date(0).toISOString(), Math.max(1, 2), Object.keys({ k: 1 }), hub.now, -1 | 2, typeof undefined, isNaN(NaN)]
        """;

    public const string ProbeAnswer = """
        [true,"undefined",[2,4],"b","ff","{\"a\":[1]}",1,true,"1970-01-01T00:00:00.000Z",2,["k"],"2026-03-01T12:00:00.000Z",-1,"undefined",true]
        """;

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // Words of the runtime, of the machine and of its users: an answer that holds one has reached out.
    private static readonly string[] Outside = ["System.", "Jint", "ConnectorHub", "REACHED", "/usr/", "/home/", "root:", "DOTNET_", "   at "];

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Hostile");

    public static IReadOnlyList<string> Categories => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<HostileScript> Read(string category)
    {
        var text = File.ReadAllText(Path.Combine(Folder, category + ".txt"));
        return
        [
            .. text.Split("\n=== ").Skip(1).Select(block =>
            {
                var lines = block.Split('\n', 2);
                var head = lines[0].Split(" | ");
                return new HostileScript(category, head[0], head[1], Spell(lines[1].TrimEnd('\n')));
            }),
        ];
    }

    /// <summary>Null where the answer is what the corpus expects and shows nothing of the outside.</summary>
    public static string? Wrong(HostileScript script, ScriptAnswer answer)
    {
        var text = Text(answer);
        if (Outside.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)) is { } seen)
            return $"{script.Category}/{script.Name} saw '{seen}': {Short(text)}";
        var met = script.Expected switch
        {
            "contained" => true,
            "throws" => answer is ScriptAnswer.Threw or ScriptAnswer.SyntaxError,
            "over budget" => answer is ScriptAnswer.OverBudget,
            _ => answer is ScriptAnswer.Returned && $"returns {text}" == script.Expected,
        };
        return met ? null : $"{script.Category}/{script.Name} should be '{script.Expected}' and came to {answer.GetType().Name} {Short(text)}";
    }

    public static string Text(ScriptAnswer answer) => answer switch
    {
        ScriptAnswer.Returned returned => Encoding.UTF8.GetString(returned.Json.Span),
        ScriptAnswer.SyntaxError error => error.Message,
        ScriptAnswer.Threw threw => threw.Message,
        ScriptAnswer.NotJson not => not.Message,
        ScriptAnswer.OverBudget over => over.Message,
        ScriptAnswer.HostDied died => died.Message,
        _ => "",
    };

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static string Spell(string code) => Characters().Replace(
        Repeats().Replace(code, match => new StringBuilder().Insert(0, match.Groups[2].Value, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToString()),
        match => char.ConvertFromUtf32(int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    [GeneratedRegex("%%([0-9]+) x (.*?)%%", RegexOptions.Singleline)]
    private static partial Regex Repeats();

    [GeneratedRegex("%%U\\+([0-9A-F]{4,6})%%")]
    private static partial Regex Characters();
}
