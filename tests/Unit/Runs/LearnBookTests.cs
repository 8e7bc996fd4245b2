using ConnectorHub.Runs;
using ConnectorHub.Tests.Unit.Support;

namespace ConnectorHub.Tests.Unit.Runs;

public class LearnBookTests
{
    private readonly HandClock _clock = new();
    private readonly LearnBook _book;

    public LearnBookTests() => _book = new LearnBook(_clock);

    [Fact]
    public void Only_the_hook_that_learns_takes_events()
    {
        _book.Begin("spir-main");

        Assert.True(_book.TryTake("spir-main"));
        Assert.False(_book.TryTake("spot/live.updated"));
    }

    [Fact]
    public void A_lesson_ends_after_fifteen_minutes()
    {
        _book.Begin("spir-main");
        _clock.Now += TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1);
        Assert.True(_book.TryTake("spir-main"));

        _clock.Now += TimeSpan.FromTicks(1);
        Assert.False(_book.TryTake("spir-main"));
        Assert.Empty(_book.Current);
    }

    [Fact]
    public async Task A_lesson_takes_fifty_events_and_not_one_more_however_many_come_at_once()
    {
        _book.Begin("spir-main");

        var taken = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => Task.Run(() => _book.TryTake("spir-main"))));

        Assert.Equal(50, taken.Count(one => one));
        Assert.Empty(_book.Current);
    }

    [Fact]
    public void A_lesson_can_be_ended_early()
    {
        _book.Begin("spir-main");

        Assert.NotNull(_book.End("spir-main"));
        Assert.Null(_book.End("spir-main"));
        Assert.False(_book.TryTake("spir-main"));
    }
}
