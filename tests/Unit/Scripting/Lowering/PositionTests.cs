using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting.Lowering;

/// <summary>Errors are told at their place in what was written, not in what it was lowered to. The place is marked with ‸.</summary>
public sealed class PositionTests(Scripts scripts) : IClassFixture<Scripts>
{
    public static readonly TheoryData<string, string> Thrown = new()
    {
        { "const a = null;\nreturn `x${a.‸b}`", "cannot use 'b'" },
        { "const f = x => x.‸y.z;\nreturn f(null)", "cannot use 'y'" },
        { "const f = x =>\n  x.y.‸z;\nreturn f({})", "cannot use 'z'" },
        { "const { a } = {};\nreturn a.‸length", "cannot use 'length'" },
        { "const list = [1, 2];\nfor (const n of list) {\n  if (n === 2) throw new ‸Error('two');\n}", "two" },
        { "for (const x of [null]) {\n  x.‸name;\n}", "cannot use 'name'" },
        { "class A {\n  go() { return this.missing.‸deep }\n}\nreturn new A().go()", "cannot use 'deep'" },
        { "class A {\n  constructor() {\n    throw new ‸TypeError('no');\n  }\n}\nclass B extends A {}\nreturn new B()", "TypeError: no" },
        { "class A { get v() {\n  return ‸nobody\n} }\nreturn new A().v", "nobody is not defined" },
        { "let x = 1;\n{\n  let x = 2;\n  ‸missing();\n}", "missing is not defined" },
        { "const o = {};\nreturn o?.a ??\n  o.b.‸c", "cannot use 'c'" },
        { "return [1].map(n => ({\n  ...{ n },\n  bad: ‸nothing.here,\n}))", "nothing is not defined" },
        { "const fs = [];\nfor (let i = 0; i < 2; i++) {\n  fs.push(() => i.a.‸b);\n}\nreturn fs[1]()", "cannot use 'b'" },
        { "function* g() {\n  yield 1;\n  throw new ‸Error('in generator');\n}\nreturn [...g()]", "in generator" },
        { "function* g() {\n  yield* h();\n}\nfunction* h() {\n  yield 1;\n  yield gone.‸b;\n}\nvar gone = null;\nfor (const x of g()) {}", "cannot use 'b'" },
        { "function* g() {\n  const x = yield 1;\n  return x.‸name;\n}\nconst i = g(); i.next(); i.next(null)", "cannot use 'name'" },
        { "function f({ a }) {\n  return a.‸b;\n}\nreturn f({})", "cannot use 'b'" },
        { "function f(a = undefined.‸x) {}\nreturn f()", "cannot use 'x'" },
        { "type T = { a: string };\n\nconst t: T = null as any;\nreturn t.‸a", "cannot use 'a'" },
        { "enum E { A }\nthrow new ‸RangeError(`${E.A}`)", "RangeError: 0" },
        { "let a = {};\na.list ??= null;\na.list.‸push(1)", "cannot use 'push'" },
        { "var a = `\n\n`; return a.x.‸y", "cannot use 'y'" },
        { "const f = (...xs) => xs.reduce((a, b) =>\n  a + b.n.‸m, 0);\nreturn f({}, {})", "cannot use 'm'" },
    };

    public static readonly TheoryData<string, string> Lines = new()
    {
        { "let a = 1;\n‸for (const x of a) {}", "a number cannot be walked through" },
        { "let a;\n‸const b = [...a];", "undefined cannot be walked through" },
        { "let a = {};\n\n‸const [b] = a;", "an object that is not a list cannot be walked through" },
        { "let a;\n‸const { b } = a;", "TypeError" },
        { "let a;\n‸const { b, ...c } = a;", "TypeError" },
        { "const a = {};\n‸a.go(x => x)", "no method 'go'" },
        { "const A = 5;\n‸class B extends A {}", "not a number" },
        { "const a = x => x;\n‸new Date(a`x`).toISOString()", "RangeError" },
    };

    public static readonly TheoryData<string> Syntax = new()
    {
        "let a = 1;\nlet ‸a = 2;",
        "const a = 1;\n  ‸a = 2;",
        "const a = 1;\n‸a++;",
        "const f = x => {\n  return x +‸;\n}",
        "const f = (a, b => a‸;",
        "const { a, b: ‸} = x;",
        "return `text ${a +‸}`",
        "return x ?? ‸;",
        "for (const x ‸on list) {}",
        "class A {\n  method() ‸return 1\n}",
        "‸b = a; let a = 1; let b;",
        "if (true) {\n  ‸break;\n}",
        "const ‸x;\nreturn x",
        "class A extends B { constructor() { ‸this.x = 1; super() } }",
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task An_error_has_the_place_of_the_name_or_value_it_is_about(string marked, string message)
    {
        var (code, line, column) = Place(marked);

        var error = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run(code));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task What_a_construct_refuses_has_the_place_of_its_line(string marked, string message)
    {
        var (code, line, _) = Place(marked);

        var error = Assert.IsType<ScriptAnswer.Threw>(await scripts.Run(code));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [MemberData(nameof(Syntax))]
    public async Task What_is_no_script_has_the_place_where_it_fails(string marked)
    {
        var (code, line, column) = Place(marked);

        var error = Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Pool.CheckAsync(code, TestContext.Current.CancellationToken));

        Assert.Equal((line, column), (error.Line, error.Column));
    }

    private static (string Code, int Line, int Column) Place(string marked)
    {
        var at = marked.IndexOf('‸', StringComparison.Ordinal);
        var before = marked[..at];
        return (before + marked[(at + 1)..], before.Count(c => c == '\n') + 1, at - before.LastIndexOf('\n'));
    }
}
