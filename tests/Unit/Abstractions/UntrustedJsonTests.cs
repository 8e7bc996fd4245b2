using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Unit.Abstractions;

public sealed class UntrustedJsonTests
{
    [Theory]
    [InlineData("{\"a\":{\"b\":1},\"c\":{\"b\":1}}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"half\":\"\\ud83d\"}")]
    public void A_body_that_is_JSON_is_read(string body)
    {
        Assert.True(UntrustedJson.TryReadBody(Encoding.UTF8.GetBytes(body), out var document, out _));
        document.Dispose();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{\"a\":1,\"a\":1}", "a key twice")]
    [InlineData("{\"x\":[{\"a\":1,\"\\u0061\":2}]}", "a key twice")]
    [InlineData("{\"\\ud83d\":1}", "not Unicode")]
    [InlineData("{} x", "line 1, byte 3")]
    [InlineData("{\n\"a\" 1}", "line 2, byte 4")]
    public void What_two_readers_could_take_differently_is_refused_and_says_where(string body, string because)
    {
        Assert.False(UntrustedJson.TryReadBody(Encoding.UTF8.GetBytes(body), out _, out var problem));
        Assert.Contains(because, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Sixty_four_levels_are_read(int levels, bool read)
    {
        var body = Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));

        Assert.Equal(read, UntrustedJson.TryReadBody(body, out var document, out _));
        document?.Dispose();
    }

    [Fact]
    public void A_megabyte_of_brackets_is_judged_at_once()
    {
        var body = Encoding.UTF8.GetBytes(new string('[', 500_000) + new string(']', 500_000));
        var start = TimeProvider.System.GetTimestamp();

        Assert.False(UntrustedJson.TryReadBody(body, out _, out var problem));

        Assert.Contains("nested too deep", problem, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_problem_never_repeats_the_body()
    {
        UntrustedJson.TryReadBody("{\"password\":\"hunter2\",\"password\":\"hunter2\"}"u8.ToArray(), out _, out var problem);

        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("password", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":\"b\"}", false, true)]
    [InlineData("{\"a\":\"\\ud83d\\ude00\"}", false, true)]
    [InlineData("{\"a\":\"b\"}", true, false)]
    [InlineData("{\"a\":", false, false)]
    [InlineData("", false, false)]
    [InlineData("<html>", false, false)]
    [InlineData("{\"a\":\"\\uD83D\"}", false, false)]
    [InlineData("{\"\\ud83d\":1}", false, false)]
    public void An_answer_is_JSON_as_a_whole_or_not_at_all(string body, bool cut, bool read) =>
        Assert.Equal(read, UntrustedJson.Answer(new SendReply.Answered(200, [], Encoding.UTF8.GetBytes(body), cut)) is not null);
}
