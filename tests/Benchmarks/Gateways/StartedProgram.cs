using System.Diagnostics;
using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>A program of the solution in a process of its own; its output goes to a log file.</summary>
internal sealed class StartedProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _announcement;
    private readonly StreamWriter _log;

    private StartedProgram(Process process, string logFile, string? announcement)
    {
        _process = process;
        _announcement = announcement;
        _log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="announcement">The start of the line that says the program serves; see <see cref="AnnouncedAsync"/>.</param>
    public static StartedProgram Start(string program, IReadOnlyList<string> arguments, string logFile, string? announcement = null)
    {
        var start = new ProcessStartInfo(Programs.Dotnet, [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(logFile)!,
        };
        return new StartedProgram(new Process { StartInfo = start }, logFile, announcement);
    }

    /// <summary>The rest of the line the program announces itself with.</summary>
    public Task<string> AnnouncedAsync(CancellationToken cancellationToken) => _announced.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);

    /// <summary>Completes when the program ends, for whatever reason.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>kill -9: of this process alone, so that children must notice by themselves.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; answers the exit code, or null where the program did not end in time and was killed.</summary>
    public async Task<int?> TerminateAsync(TimeSpan patience)
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }

    private void Write(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.WriteLine(line);
        }

        if (_announcement is not null && line.StartsWith(_announcement, StringComparison.Ordinal))
        {
            _announced.TrySetResult(line[_announcement.Length..]);
        }
    }
}
