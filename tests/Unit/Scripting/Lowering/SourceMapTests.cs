using ConnectorHub.Scripting.Lowering;

namespace ConnectorHub.Tests.Unit.Scripting.Lowering;

public sealed class SourceMapTests
{
    // Line 1: column 1 from 1:1, column 5 from 1:3. Line 2: nothing. Line 3: column 3 from 2:1, column 9 from 40:17.
    private const string Map = "AAAA,IAAE;;EACF,MAsCgB";

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 4, 1, 1)]
    [InlineData(1, 5, 1, 3)]
    [InlineData(1, 99, 1, 3)]
    [InlineData(2, 1, 1, 3)]
    [InlineData(3, 1, 1, 3)]
    [InlineData(3, 3, 2, 1)]
    [InlineData(3, 9, 40, 17)]
    [InlineData(9, 1, 40, 17)]
    public void A_place_is_that_of_the_last_part_before_it(int line, int column, int originalLine, int originalColumn)
    {
        Assert.Equal((originalLine, originalColumn), SourceMap.Original(Map, line, column));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";;;")]
    [InlineData("A")]
    [InlineData("!!!,g")]
    public void A_map_that_says_nothing_leads_to_the_start(string map)
    {
        Assert.Equal(1, SourceMap.Original(map, 2, 5).Line);
    }
}
