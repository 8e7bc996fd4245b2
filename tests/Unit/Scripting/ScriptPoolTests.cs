using System.Diagnostics;
using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting;

public sealed class ScriptPoolTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hosts_answer_two_hundred_calls_at_once_and_mix_none_up()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 2, Wall = Long });

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => scripts.Json("return [n, n | 0]", $"{{\"n\":{n}}}")));

        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"[{n},{n}]"), answers);
        Assert.Equal(2, scripts.Pool.HostIds.Count);
    }

    [Fact]
    public async Task Code_that_shares_a_hash_is_still_its_own_code()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long });

        Assert.Equal("1", Scripts.Returned(await scripts.Run("return 1", hash: "same")));
        Assert.Equal("2", Scripts.Returned(await scripts.Run("return 2", hash: "same")));
        Assert.Equal("1", Scripts.Returned(await scripts.Run("return 1", hash: "same")));
    }

    [Fact]
    public async Task A_host_that_ended_while_idle_costs_nobody_anything()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long });
        await scripts.Json("return 1");

        await KillAsync(scripts.Pool.HostIds.Single());

        Assert.Equal("2", await scripts.Json("return 2"));
    }

    [Fact]
    public async Task A_host_that_ends_during_a_script_costs_that_call_only()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long, Cpu = Long });
        await scripts.Json("return 1");
        var looping = scripts.Run("while (true) {}");
        await Eventually(() => CpuTicks(scripts.Pool.HostIds.Single()) > 30);

        await KillAsync(scripts.Pool.HostIds.Single());

        Assert.Contains("ended without an answer", Assert.IsType<ScriptAnswer.HostDied>(await looping).Message, StringComparison.Ordinal);
        Assert.Equal("2", await scripts.Json("return 2"));
    }

    [Fact]
    public async Task A_host_that_ended_is_replaced_by_one_that_was_ready_before()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long });
        await scripts.Json("return 1");
        await Eventually(() => scripts.Pool.SpareId is not null);
        var spare = scripts.Pool.SpareId;

        Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run("while (true) {}"));
        await scripts.Json("return 1");

        Assert.Equal(spare, scripts.Pool.HostIds.Single());
        await Eventually(() => scripts.Pool.SpareId is { } next && next != spare);
    }

    [Fact]
    public async Task A_spare_that_ended_is_not_missed()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long });
        await scripts.Json("return 1");
        await Eventually(() => scripts.Pool.SpareId is not null);
        await KillAsync(scripts.Pool.SpareId!.Value);

        Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run("while (true) {}"));

        Assert.Equal("2", await scripts.Json("return 2"));
    }

    [Fact]
    public async Task A_host_that_has_grown_is_replaced()
    {
        // Every host is larger than no memory at all.
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long, MegabytesBesideHeap = -64 });
        await scripts.Json("return 1");
        var first = scripts.Pool.HostIds.Single();

        for (var i = 0; i < 64; i++)
            Assert.Equal($"{i}", await scripts.Json($"return {i}"));

        Assert.NotEqual(first, scripts.Pool.HostIds.Single());
    }

    [Fact]
    public async Task A_host_that_stands_still_is_killed_and_the_script_may_be_tried_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs SIGSTOP.");
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = TimeSpan.FromSeconds(1), Cpu = Long });
        await scripts.Json("return 1");
        using (var stop = Process.Start("kill", ["-STOP", $"{scripts.Pool.HostIds.Single()}"]))
            await stop.WaitForExitAsync(Ct);

        var answer = Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run("return 1"));

        Assert.True(answer.Wall);
        Assert.Contains("within 1000 ms", answer.Message, StringComparison.Ordinal);
        Assert.Equal("2", await scripts.Json("return 2"));
    }

    [Fact]
    public async Task A_cancelled_call_returns_at_once_and_leaves_the_next_one_alone()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long });
        await scripts.Json("return 1");
        using var cancel = new CancellationTokenSource();
        var looping = scripts.Pool.RunAsync(Scripts.Call("while (true) {}"), cancel.Token);
        var waiting = scripts.Pool.RunAsync(Scripts.Call("return 1"), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looping);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("2", await scripts.Json("return 2"));
        Assert.Single(scripts.Pool.HostIds);
    }

    [Fact]
    public async Task A_disposed_pool_leaves_no_process_and_no_caller_behind()
    {
        var scripts = new Scripts(new ScriptPoolOptions { Hosts = 2, Wall = Long, Cpu = Long });
        await scripts.Json("return 1");
        var calls = Enumerable.Range(0, 4).Select(_ => scripts.Run("while (true) {}")).ToList();
        await Eventually(() => scripts.Pool.HostIds.Count == 2);
        var hosts = scripts.Pool.HostIds;

        await Eventually(() => scripts.Pool.SpareId is not null);
        hosts = [.. hosts, scripts.Pool.SpareId!.Value];

        await scripts.DisposeAsync();

        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually(() => hosts.All(HasEnded));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => scripts.Run("return 1"));
    }

    [Fact]
    public async Task A_host_is_replaced_after_its_number_of_runs()
    {
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long, RunsPerHost = 3 });
        await scripts.Json("return 1");
        var first = scripts.Pool.HostIds.Single();

        for (var i = 0; i < 4; i++)
            Assert.Equal($"{i}", await scripts.Json($"return {i}"));

        Assert.NotEqual(first, scripts.Pool.HostIds.Single());
        await Eventually(() => HasEnded(first));
    }

    [Fact]
    public async Task A_missing_host_program_is_said_and_found_again_once_it_is_there()
    {
        var folder = Directory.CreateTempSubdirectory("scripthost");
        var path = Path.Combine(folder.FullName, "scripthost.dll");
        await using (var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long, HostPath = path }))
        {
            Assert.Contains($"'{path}' does not exist", Assert.IsType<ScriptAnswer.HostDied>(await scripts.Run("return 1")).Message, StringComparison.Ordinal);

            foreach (var file in Directory.EnumerateFiles(HostFolder))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));

            await Eventually(async () => await scripts.Run("return 1") is ScriptAnswer.Returned);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_host_has_two_variables_in_its_environment_and_none_of_ours()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await using var scripts = new Scripts(new ScriptPoolOptions { Hosts = 1, Wall = Long });
        await scripts.Json("return 1");

        var environment = await File.ReadAllTextAsync($"/proc/{scripts.Pool.HostIds.Single()}/environ", Ct);

        Assert.Equal(
            ["DOTNET_EnableDiagnostics", "DOTNET_ROOT"],
            environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')[0]).Order());
    }

    [Fact]
    public async Task A_looping_host_ends_by_itself_when_its_parent_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var ask = Path.GetTempFileName();
        await using (var file = File.Create(ask))
            new ScriptAsk(false, false, "while (true) {}", "h", ReadOnlyMemory<byte>.Empty, 0, "", 600_000, 600_000, 1000).WriteTo(file);
        // The process that holds the pipe is not this one: it writes the ask, and then waits to be killed.
        using var shell = Process.Start("/bin/sh", ["-c", "(cat \"$0\"; exec sleep 600) | exec \"$1\" exec \"$2\" 64 > /dev/null", ask, Dotnet, HostFile])!;
        await Eventually(() => Children(shell.Id) is [var writer, var reader] && Program(writer) == "sleep" && CpuTicks(reader) > 60);
        var (parent, host) = (Children(shell.Id)[0], Children(shell.Id)[1]);

        await KillAsync(parent);

        await Eventually(() => HasEnded(host));
        await shell.WaitForExitAsync(Ct);
        File.Delete(ask);
    }

    private static string HostFolder => Path.Combine(AppContext.BaseDirectory, "scripthost");

    private static string HostFile => Path.Combine(HostFolder, "scripthost.dll");

    private static string Dotnet => DotnetHost.Find()!;

    private static async Task KillAsync(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        await process.WaitForExitAsync(Ct);
    }

    private static int[] Children(int id) =>
        [.. File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    private static string Program(int id) => File.ReadAllText($"/proc/{id}/comm").Trim();

    // Fields 14 and 15 of stat, in hundredths of a second; the second field may hold blanks.
    private static long CpuTicks(int id)
    {
        if (!File.Exists($"/proc/{id}/stat"))
            return long.MaxValue;
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ');
        return long.Parse(fields[11], System.Globalization.CultureInfo.InvariantCulture) + long.Parse(fields[12], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool HasEnded(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Also where it ends while its file is read.
            return true;
        }
    }

    private static Task Eventually(Func<bool> holds) => Eventually(() => Task.FromResult(holds()));

    // Another process is waited for; nothing it does raises an event here.
    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var round = 0; round < 1500; round++)
        {
            if (await holds())
                return;
            await timer.WaitForNextTickAsync(Ct);
        }

        Assert.Fail("It did not happen within 30 s.");
    }
}
