using ConnectorHub.Runs;
using ConnectorHub.Tests.Unit.Support;

namespace ConnectorHub.Tests.Unit.Runs;

public sealed class IdTimeTests
{
    [Fact]
    public void An_id_says_when_it_was_made()
    {
        var now = new DateTimeOffset(2026, 11, 22, 0, 10, 11, 250, TimeSpan.Zero);

        Assert.Equal(now, IdSource.TimeOf(new IdSource(new StoppedClock(now)).Next("evt_")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("evt_1")]
    [InlineData("msg_2b4c6d8e0f1a2b4c6d8e0f1a2b")]
    [InlineData("01KAMS2H5Z0000000000000000")]
    [InlineData("evt_01KAMS2H5Z000000000000000U")]
    public void What_is_no_id_of_ours_has_no_time(string id) => Assert.Null(IdSource.TimeOf(id));
}
