using System.Diagnostics;
using ConnectorHub.Scripting;
using ConnectorHub.Scripting.Lowering;

namespace ConnectorHub.Tests.Unit.Scripting.Lowering;

/// <summary>A snippet is lowered once: in this process, and over restarts.</summary>
public sealed class KeptLoweringTests : IDisposable
{
    private const string Newer = "return [1, 2].map(x => x * 2)";

    private readonly string _folder = Directory.CreateTempSubdirectory("lowered").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Plain_code_starts_no_compile_process_and_keeps_nothing()
    {
        await using var scripts = Scripts();

        Assert.Equal("3", await scripts.Json("var a = 1; return a + 2"));
        Assert.Equal("3", await scripts.Json("var a = 1; return a + 2"));

        Assert.Equal(0, scripts.Pool.CompileStarts);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("const a = 1, b = a + 1; let c = b; c++; return c", true)]
    [InlineData("const f = function (x) { const y = x + 1; return y }; return f(1)", true)]
    [InlineData("const list = []; for (var i = 0; i < 2; i++) list.push(i); return list.length", true)]
    [InlineData("for (let i = 0; i < 2; i++) {} return 2", false)]
    [InlineData("if (true) { const a = 2; return a }", false)]
    [InlineData("let a = 2; function f() { let a = 3; return a } return a", false)]
    [InlineData("const get = function () { return a }; const a = 2; return get()", false)]
    [InlineData("var a = 1; function f() { const b = a; const c = 2; return b + c - 1 } return f()", true)]
    public async Task Const_and_let_that_are_as_good_as_var_are_plain(string code, bool isPlain)
    {
        await using var scripts = Scripts();

        Assert.Contains(await scripts.Json(code), (string[])["2", "3"]);

        Assert.Equal(isPlain ? 0 : 1, scripts.Pool.CompileStarts);
    }

    [Theory]
    [InlineData("const a = 1; a = 2; return a")]
    [InlineData("const a = 1; a++; return a")]
    [InlineData("const a = 1; for (a in { b: 1 }) {} return a")]
    [InlineData("let a = 1; var a = 2; return a")]
    [InlineData("let a = a + 1; return a")]
    [InlineData("b = 1; let b; return b")]
    [InlineData("let f = 1; function f() {} return f")]
    public async Task Const_and_let_that_are_not_are_judged_by_the_compiler(string code)
    {
        await using var scripts = Scripts();

        Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Run(code));
    }

    [Fact]
    public async Task A_restart_pays_nothing()
    {
        await using (var first = Scripts())
        {
            Assert.Equal("[2,4]", await first.Json(Newer));
            Assert.Equal("[2,4]", await first.Json(Newer));
            Assert.IsType<ScriptAnswer.SyntaxError>(await first.Run("const a = await b"));
            Assert.Equal(1, first.Pool.CompileStarts);
        }

        await using var second = Scripts();
        Assert.Equal("[2,4]", await second.Json(Newer));
        Assert.Contains("cannot wait", Assert.IsType<ScriptAnswer.SyntaxError>(await second.Run("const a = await b")).Message, StringComparison.Ordinal);
        Assert.Equal(0, second.Pool.CompileStarts);
    }

    [Fact]
    public async Task A_damaged_file_is_made_anew()
    {
        await using (var first = Scripts())
            await first.Json(Newer);
        var file = Assert.Single(Directory.GetFiles(_folder));
        var good = await File.ReadAllBytesAsync(file, Ct);
        await File.WriteAllBytesAsync(file, Damaged(good, "one bit"), Ct);

        await using var second = Scripts();
        Assert.Equal("[2,4]", await second.Json(Newer));

        Assert.Equal(1, second.Pool.CompileStarts);
        Assert.Equal(good, await File.ReadAllBytesAsync(file, Ct));
    }

    [Theory]
    [InlineData("one bit")]
    [InlineData("cut short")]
    [InlineData("empty")]
    [InlineData("another's")]
    public async Task A_damaged_file_is_as_good_as_none(string damage)
    {
        var folder = new LoweringFolder(_folder, "1", TimeProvider.System);
        await folder.KeepAsync(Newer, """{"code":"return 1","map":"AAAA"}"""u8.ToArray());
        var file = Assert.Single(Directory.GetFiles(_folder));
        await File.WriteAllBytesAsync(file, Damaged(await File.ReadAllBytesAsync(file, Ct), damage), Ct);

        Assert.Null(await folder.FindAsync(Newer));
    }

    [Fact]
    public async Task Another_version_of_the_program_lowers_anew()
    {
        var before = new LoweringFolder(_folder, "1", TimeProvider.System);
        var after = new LoweringFolder(_folder, "2", TimeProvider.System);

        Assert.Null(await before.KeepAsync(Newer, """{"code":"return 1","map":""}"""u8.ToArray()));

        Assert.Equal(new Lowered.Code("return 1", ""), await before.FindAsync(Newer));
        Assert.Null(await after.FindAsync(Newer));
        Assert.Null(await before.FindAsync(Newer + " "));
    }

    [Fact]
    public async Task A_full_folder_loses_what_was_not_used_for_longest()
    {
        var time = new HandClock();
        var folder = new LoweringFolder(_folder, "1", time) { MaxFiles = 20 };
        for (var i = 0; i < 20; i++)
        {
            await folder.KeepAsync($"{i}", """{"code":"","map":""}"""u8.ToArray());
            File.SetLastWriteTimeUtc(Directory.GetFiles(_folder).MaxBy(File.GetLastWriteTimeUtc)!, time.Now.UtcDateTime.AddMinutes(i));
        }

        time.Now = time.Now.AddDays(1);
        Assert.NotNull(await folder.FindAsync("0"));
        await folder.KeepAsync("20", """{"code":"","map":""}"""u8.ToArray());

        Assert.NotNull(await folder.FindAsync("0"));
        Assert.Null(await folder.FindAsync("1"));
        Assert.NotNull(await folder.FindAsync("19"));
        Assert.NotNull(await folder.FindAsync("20"));
        Assert.Equal(18, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_no_script()
    {
        var file = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(file, "", Ct);
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30), LoweredFolder = file });

        Assert.Equal("[2,4]", await scripts.Json(Newer));
    }

    [Fact]
    public async Task Twenty_new_snippets_at_once_share_one_compile_process()
    {
        await using var scripts = Scripts();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => scripts.Json($"return [{n % 20}].map(x => x + 1)[0]")));

        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"{(n % 20) + 1}"), answers);
        Assert.Equal(1, scripts.Pool.CompileStarts);
        Assert.Equal(20, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task The_compile_process_ends_when_nothing_is_new()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30), CompileIdle = TimeSpan.FromMilliseconds(50) });
        await scripts.Json(Newer);

        await Eventually(() => scripts.Pool.CompileId is null);

        Assert.Equal("[2]", await scripts.Json("return [1].map(x => x + 1)"));
        Assert.Equal(2, scripts.Pool.CompileStarts);
    }

    [Fact]
    public async Task A_compile_process_that_dies_is_replaced_and_hurts_nobody()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30) });
        await scripts.Json(Newer);
        using (var compiler = Process.GetProcessById(scripts.Pool.CompileId!.Value))
        {
            compiler.Kill();
            await compiler.WaitForExitAsync(Ct);
        }

        Assert.Equal("3", await scripts.Json("return 1 + 2"));
        Assert.Equal("[2,4]", await scripts.Json(Newer));
        Assert.Equal("[2]", await scripts.Json("return [1].map(x => x + 1)"));
        Assert.Equal(2, scripts.Pool.CompileStarts);
    }

    [Fact]
    public async Task A_compile_process_that_stands_still_is_killed_and_the_script_may_be_tried_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs SIGSTOP.");
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30), CompileCpu = TimeSpan.FromSeconds(1) });
        await scripts.Json(Newer);
        using (var stop = Process.Start("kill", ["-STOP", $"{scripts.Pool.CompileId}"]))
            await stop.WaitForExitAsync(Ct);

        var waiting = scripts.Run("return [1].map(x => x + 1)");

        Assert.Equal("3", await scripts.Json("return 1 + 2"));
        Assert.Equal("[2]", ConnectorHub.Tests.Unit.Scripting.Scripts.Returned(await waiting));
        Assert.Equal(2, scripts.Pool.CompileStarts);
    }

    [Fact]
    public async Task Without_a_compiler_the_script_is_not_blamed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "host"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "scripthost")))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30), HostPath = Path.Combine(folder.FullName, "scripthost.dll") });

        var answer = Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run(Newer));

        Assert.True(answer.Wall);
        Assert.Contains("It can be tried again.", answer.Message, StringComparison.Ordinal);
        Assert.Equal("3", await scripts.Json("return 1 + 2"));
    }

    [Theory]
    [InlineData("const f = x => ", "1+", 20_000)]
    [InlineData("const f = x => ", "x =>", 10_000)]
    [InlineData("return `", "${`", 200)]
    [InlineData("const x = 1; ", "if (x) ", 8_000)]
    public async Task Code_that_is_too_much_for_the_compiler_is_refused_and_the_next_is_not(string opening, string part, int times)
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30), CompileCpu = TimeSpan.FromSeconds(2) });

        Assert.IsType<ScriptAnswer.SyntaxError>(await scripts.Run(opening + string.Concat(Enumerable.Repeat(part, times)) + "1"));

        Assert.Equal("[2,4]", await scripts.Json(Newer));
    }

    private Scripts Scripts() => new(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(30), LoweredFolder = _folder });

    private static byte[] Damaged(byte[] good, string damage)
    {
        switch (damage)
        {
            case "one bit":
                var bad = good.ToArray();
                bad[^10] ^= 1;
                return bad;
            case "cut short":
                return good[..^5];
            case "empty":
                return [];
            default:
                return [.. good[..65], .. """{"code":"return 'stolen'","map":""}"""u8];
        }
    }

    private static async Task Eventually(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var round = 0; round < 1500 && !holds(); round++)
            await timer.WaitForNextTickAsync(Ct);
        Assert.True(holds());
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
