using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting;

/// <summary>What the bars around a script host hold back, tried from inside by code that needs no engine to break out of.</summary>
public sealed class CageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_out_is_barred_on_every_thread()
    {
        var said = await ProveAsync();

        Assert.SkipWhen(said.Cage.Layers.Any(layer => layer.Missing is not null), $"This system bars less: {said.Cage.ToText()}");
        Assert.Equal(["limits", "landlock", "seccomp"], said.Cage.Layers.Select(layer => layer.Name));
        Assert.True(said.Trials.Count > 80, $"{said.Trials.Count} trials");
        Assert.All(said.Trials, trial => Assert.Contains(": refused (", trial, StringComparison.Ordinal));
        Assert.Equal("unread", said.FileAfter);
    }

    [Fact]
    public async Task The_same_trials_succeed_where_there_is_no_cage()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Its trials are calls of Linux.");
        var said = await ProveAsync("open");

        Assert.Contains("new thread: read a file: DONE", said.Trials);
        Assert.Contains("pool thread: start a program: DONE", said.Trials);
        Assert.Contains("finalizer: open a network socket: DONE", said.Trials);
        Assert.Contains("main: read its environment: DONE", said.Trials);
        Assert.Contains("new thread: write a file: DONE", said.Trials);
        Assert.Contains("main: make a process: DONE", said.Trials);
    }

    [Fact]
    public async Task The_environment_holds_the_runtimes_folder_and_nothing_of_ours()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Its trials are calls of Linux.");

        Assert.Equal("environment: DOTNET_EnableDiagnostics DOTNET_ROOT", (await ProveAsync()).Environment);
    }

    [Fact]
    public async Task A_zone_is_still_found_by_its_name_after_the_doors_are_shut()
    {
        await using var scripts = new Scripts();
        string[] zones =
        [
            "Africa/Cairo", "Africa/Johannesburg", "America/Argentina/Buenos_Aires", "America/Denver", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo",
            "America/St_Johns", "Asia/Dubai", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Atlantic/Reykjavik", "Australia/Lord_Howe",
            "Australia/Sydney", "Europe/Berlin", "Europe/London", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "UTC",
        ];

        foreach (var zone in zones)
        {
            var offset = TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(Scripts.Now).TotalMinutes;
            Assert.Equal($"{0 - offset}", await scripts.Json("return new Date().getTimezoneOffset()", zone: zone));
        }
    }

    [Fact]
    public async Task The_pool_says_which_bars_hold()
    {
        await using var scripts = new Scripts();
        Assert.Equal(new ScriptPoolStatus(2, 0, null, null), scripts.Pool.Status);

        await scripts.Json("return 1");

        Assert.Equal(["limits", "landlock", "seccomp"], scripts.Pool.Status.Cage!.Layers.Select(layer => layer.Name));
        Assert.Null(scripts.Pool.Status.Problem);
    }

    [Fact]
    public void A_report_survives_the_pipe()
    {
        var report = new CageReport([new("limits", null), new("landlock", "off: kernel parameter lsm="), new("seccomp", null)]);

        Assert.Equal(report.Layers, CageReport.Parse(report.ToText()).Layers);
    }

    private sealed record Said(CageReport Cage, IReadOnlyList<string> Trials, string Environment, string FileAfter);

    private static async Task<Said> ProveAsync(params string[] more)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "unread", Ct);
        var (process, problem) = HostStart.Start(new ScriptPoolOptions(), ["prove", file, .. more]);
        Assert.True(process is not null, problem);
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(Ct);
            var lines = (await process.StandardOutput.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync(Ct);
            Assert.Equal("", await errors);
            var trials = lines.Where(line => line.Contains(": ", StringComparison.Ordinal) && !line.StartsWith("environment", StringComparison.Ordinal)).ToList();
            var cage = CageReport.Parse(string.Join('\n', lines.TakeWhile(line => !line.Contains("thread:", StringComparison.Ordinal))));
            var after = File.Exists(file) ? await File.ReadAllTextAsync(file, Ct) : "";
            File.Delete(file);
            File.Delete(file + ".new");
            return new Said(cage, trials, lines.Single(line => line.StartsWith("environment", StringComparison.Ordinal)), after);
        }
    }
}
