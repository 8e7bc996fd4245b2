using System.Text;
using ConnectorHub.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Unit.Scripting;

/// <summary>A pool of real script hosts. The wall limit is wide, as other tests share the machine; CPU time they cannot take away.</summary>
public sealed class Scripts : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Scripts()
        : this(new ScriptPoolOptions { Hosts = 2, Wall = TimeSpan.FromSeconds(30) })
    {
    }

    internal Scripts(ScriptPoolOptions options) => Pool = new ScriptPool(options, TimeProvider.System, NullLogger<ScriptPool>.Instance);

    public ScriptPool Pool { get; }

    public Task<ScriptAnswer> Run(string code, string names = "{}", string zone = "Europe/Paris", string? hash = null) =>
        Pool.RunAsync(Call(code, names, zone, hash), TestContext.Current.CancellationToken);

    /// <summary>The JSON of a script that must return.</summary>
    public async Task<string> Json(string code, string names = "{}", string zone = "Europe/Paris") =>
        Returned(await Run(code, names, zone));

    public ValueTask DisposeAsync() => Pool.DisposeAsync();

    public static ScriptCall Call(string code, string names = "{}", string zone = "Europe/Paris", string? hash = null) =>
        new(code, hash ?? code, Encoding.UTF8.GetBytes(names), Now, zone);

    public static string Returned(ScriptAnswer answer) => Encoding.UTF8.GetString(Assert.IsType<ScriptAnswer.Returned>(answer).Json.Span);
}
