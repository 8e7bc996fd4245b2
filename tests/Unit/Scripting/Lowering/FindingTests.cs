using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting.Lowering;

/// <summary>What has no place in a script is said when it is checked, with what to do instead. The place is marked with ‸.</summary>
public sealed class FindingTests(Scripts scripts) : IClassFixture<Scripts>
{
    private const string Wait = "A script cannot wait: '{0}' does not work here. Do the waiting in the recipe: a step with http.request or a look-up action";
    private const string Module = "A script cannot load modules: '{0}' does not work here. Write what you need in the script itself";
    private const string Export = "A script exports nothing: '{0}' does not work here. Give back the value with return.";
    private const string Timer = "A script has no timers: '{0}' does not work here. Let the recipe wait, with a step 'wait: 10m'.";
    private const string Network = "A script has no network: '{0}' does not work here. Make the request in a step before this one (http.request)";

    public static readonly TheoryData<string, string, string> Findings = new()
    {
        { "return ‸await get('x')", Wait, "await" },
        { "var x = 1;\nconst y = ‸await x", Wait, "await" },
        { "‸async function f() {}", Wait, "async" },
        { "const f = ‸async () => 1", Wait, "async" },
        { "const o = { ‸async f() {} }", Wait, "async" },
        { "class A { ‸async f() {} }", Wait, "async" },
        { "‸for await (const x of y) {}", Wait, "for await" },
        { "return new ‸Promise(function (ok) { ok(1) })", Wait, "Promise" },
        { "‸Promise.all([])", Wait, "Promise" },
        { "var a = ‸require('lodash')", Module, "require" },
        { "‸import a from 'a'", Module, "import" },
        { "‸import 'a'", Module, "import" },
        { "return ‸import('a')", Module, "import" },
        { "‸export default function () {}", Export, "export" },
        { "‸export const a = 1", Export, "export" },
        { "const a = 1; ‸export { a }", Export, "export" },
        { "‸module.exports = function () {}", Export, "module" },
        { "‸exports.handler = 1", Export, "exports" },
        { "‸setTimeout(function () {}, 10)", Timer, "setTimeout" },
        { "var t = ‸setInterval(f, 10)", Timer, "setInterval" },
        { "‸setImmediate(f)", Timer, "setImmediate" },
        { "‸queueMicrotask(f)", Timer, "queueMicrotask" },
        { "return ‸fetch('https://example.org')", Network, "fetch" },
        { "var r = new ‸XMLHttpRequest()", Network, "XMLHttpRequest" },
        { "function f() { return ‸fetch(u) }", Network, "fetch" },
        { "class A { ‸#secret = 1 }", "Private names do not work in scripts: write _{0} in place of #{0}.", "secret" },
        { "return ‸10n", "Numbers of the kind {0} do not work in scripts.", "10n" },
        { "return ‸/x/d.test('x')", "The regular expression /x/d cannot be read: 'd' are not flags; there are g, i, m, s, u and y, each once.", "" },
        { "‸@log class A {}", "Decorators", "" },
        { "class L ‸extends Array {}", "A class cannot extend {0} here. Keep one in a field of the class.", "Array" },
        { "const f = () => ‸arguments.length", "'arguments' has no meaning in an arrow function.", "" },
        { "function* g() { yield ‸arguments }", "'arguments' has no meaning in a generator here.", "" },
    };

    [Theory]
    [MemberData(nameof(Findings))]
    public async Task What_scripts_do_not_have_is_said_with_what_to_do_instead(string marked, string message, string word)
    {
        var at = marked.IndexOf('‸', StringComparison.Ordinal);
        var code = marked.Remove(at, 1);
        var column = at - marked.LastIndexOf('\n', at);

        var error = Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Pool.CheckAsync(code, TestContext.Current.CancellationToken));

        Assert.StartsWith(message.Replace("{0}", word, StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.Equal((marked[..at].Count(c => c == '\n') + 1, column), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("// await the import of fetch\nreturn 'require' + 'setTimeout(f)'", "\"requiresetTimeout(f)\"")]
    [InlineData("/* async */ return { async: 1, await: 2, import: 3, fetch: 4 }.fetch", "4")]
    [InlineData("var o = { fetch: function () { return 'own' } }; return o.fetch()", "\"own\"")]
    [InlineData("function fetch() { return 'mine' } return fetch()", "\"mine\"")]
    [InlineData("const require = x => x + 1; return require(1)", "2")]
    [InlineData("return [1].map(function (setTimeout) { return setTimeout })", "[1]")]
    [InlineData("return event.import.export", "5")]
    [InlineData("const { fetch: f, await: a = 2 } = { fetch: 1 }; return [f, a]", "[1,2]")]
    [InlineData("return Promise", "\"a name of the recipe\"")]
    [InlineData("const text = `async ${'await'} #x 10n`; return text", "\"async await #x 10n\"")]
    public async Task The_same_words_elsewhere_mean_nothing(string code, string json)
    {
        Assert.Equal(json, await scripts.Json(code, """{"event":{"import":{"export":5}},"Promise":"a name of the recipe"}"""));
    }
}
