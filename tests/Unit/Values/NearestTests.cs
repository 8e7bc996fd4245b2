using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Values;

public sealed class NearestTests
{
    private static readonly string[] Words = ["upper", "lower", "from_unix", "from_unix_ms", "post-message", "id"];

    [Theory]
    [InlineData("uper", "upper")]
    [InlineData("UPPER", "upper")]
    [InlineData("lwoer", "lower")]
    [InlineData("from_unx", "from_unix")]
    [InlineData("post-mesage", "post-message")]
    [InlineData("ids", "id")]
    public void A_slip_of_the_keyboard_finds_its_word(string word, string expected) => Assert.Equal(expected, Nearest.Of(word, Words));

    [Theory]
    [InlineData("banana")]
    [InlineData("")]
    [InlineData("x")]
    public void A_different_word_finds_none(string word) => Assert.Null(Nearest.Of(word, Words));

    [Fact]
    public void A_very_long_word_costs_nothing() => Assert.Null(Nearest.Of(new string('a', 100_000), Words));
}
