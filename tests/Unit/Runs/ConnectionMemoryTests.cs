using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Tests.Unit.Support;

namespace ConnectorHub.Tests.Unit.Runs;

public class ConnectionMemoryTests
{
    private readonly HandClock _clock = new();
    private readonly ConnectionMemory _memory;
    private int _loads;

    public ConnectionMemoryTests() => _memory = new ConnectionMemory(_clock);

    [Fact]
    public async Task Attempts_that_need_a_token_at_the_same_time_share_one_request()
    {
        var asked = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 50).Select(_ => _memory.TokenAsync(Google(), "sheets", LoadAsync, default)).ToList();
        asked.SetResult();
        var tokens = await Task.WhenAll(waiting);

        Assert.Equal(1, _loads);
        Assert.Single(tokens.Distinct());

        async Task<TokenReply> LoadAsync(CancellationToken cancellationToken)
        {
            await asked.Task;
            return Token($"t{++_loads}");
        }
    }

    [Fact]
    public async Task A_token_is_asked_for_again_before_it_ends()
    {
        Assert.Equal("t1", await TokenAsync(Google()));
        _clock.Now += TimeSpan.FromMinutes(54);
        Assert.Equal("t1", await TokenAsync(Google()));
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal("t2", await TokenAsync(Google()));
    }

    [Fact]
    public async Task Two_connections_and_two_credentials_never_share_a_token()
    {
        Assert.Equal("t1", await TokenAsync(Google()));
        Assert.Equal("t2", await TokenAsync(Google(name: "other")));
        Assert.Equal("t3", await TokenAsync(Google(version: "v2")));
    }

    [Fact]
    public async Task A_refused_token_is_forgotten_and_a_newer_one_is_not()
    {
        await TokenAsync(Google());
        _memory.ForgetToken(Google(), "sheets", new Secret("older"));
        Assert.Equal("t1", await TokenAsync(Google()));

        _memory.ForgetToken(Google(), "sheets", new Secret("t1"));
        Assert.Equal("t2", await TokenAsync(Google()));
    }

    [Fact]
    public async Task A_refusal_is_handed_on_and_asked_again()
    {
        var refused = new TokenReply.Failed(new StepOutcome.Failed(FailureKind.Unauthorized, "invalid_grant", "Google refuses the key."));

        Assert.Same(refused, await _memory.TokenAsync(Google(), "sheets", _ => Task.FromResult<TokenReply>(refused), default));
        Assert.Equal("t1", await TokenAsync(Google()));
    }

    [Fact]
    public async Task What_is_cached_ends_with_its_lifetime_and_nothing_is_not_cached()
    {
        Assert.Equal("1", await HeaderAsync());
        Assert.Equal("1", await HeaderAsync());
        _clock.Now += TimeSpan.FromMinutes(10);
        Assert.Equal("2", await HeaderAsync());
        _memory.ForgetCached(Google(), "header");
        Assert.Equal("3", await HeaderAsync());
        Assert.Null(await _memory.CachedAsync<string>(Google(), "empty", TimeSpan.FromMinutes(10), _ => Task.FromResult<string?>(null), default));
        Assert.Equal("x", await _memory.CachedAsync<string>(Google(), "empty", TimeSpan.FromMinutes(10), _ => Task.FromResult<string?>("x"), default));
    }

    [Fact]
    public async Task One_who_gives_up_waiting_leaves_the_others_their_load()
    {
        var asked = new TaskCompletionSource<TokenReply>();
        var first = _memory.TokenAsync(Google(), "sheets", _ => asked.Task, default);
        using var gone = new CancellationTokenSource();
        var second = _memory.TokenAsync(Google(), "sheets", _ => throw new InvalidOperationException("Asked twice."), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        asked.SetResult(Token("t1"));

        Assert.Equal("t1", ((TokenReply.Ready)await first).Token.Reveal());
    }

    private Task<string?> HeaderAsync() =>
        _memory.CachedAsync<string>(Google(), "header", TimeSpan.FromMinutes(10), _ => Task.FromResult<string?>($"{++_loads}"), default);

    private async Task<string> TokenAsync(Connection connection) =>
        ((TokenReply.Ready)await _memory.TokenAsync(connection, "sheets", _ => Task.FromResult<TokenReply>(Token($"t{++_loads}")), default)).Token.Reveal();

    private static TokenReply.Ready Token(string text) => new TokenReply.Ready(new Secret(text), TimeSpan.FromHours(1));

    private static Connection Google(string name = "google-marketing", string version = "v1") => new(
        name, "google-sheets", ConnectionMode.Live, null, new Dictionary<string, IReadOnlyList<Secret>>(), new Dictionary<string, string>(), version, null);
}
