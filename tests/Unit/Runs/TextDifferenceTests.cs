using ConnectorHub.Runs.RecipeTests;

namespace ConnectorHub.Tests.Unit.Runs;

public sealed class TextDifferenceTests
{
    [Fact]
    public void The_sign_stands_where_two_texts_part() => Assert.Equal(
        """
        expected  Product news has ended.
        actual    Product news has started.
                                   ^
        """,
        TextDifference.Show("Product news has ended.", "Product news has started."));

    [Fact]
    public void A_text_that_ends_early_parts_at_its_end() => Assert.Equal(
        "expected  abc\nactual    ab\n            ^",
        TextDifference.Show("abc", "ab"));

    [Fact]
    public void Of_long_texts_only_what_surrounds_the_place_is_shown()
    {
        var lines = TextDifference.Show(new string('a', 500) + "X" + new string('b', 500), new string('a', 500) + "Y" + new string('b', 500)).Split('\n');

        Assert.Equal($"expected  …{new string('a', 40)}X{new string('b', 59)}…", lines[0]);
        Assert.Equal($"actual    …{new string('a', 40)}Y{new string('b', 59)}…", lines[1]);
        Assert.Equal('X', lines[0][lines[2].Length - 1]);
    }

    [Fact]
    public void Line_ends_are_shown() => Assert.StartsWith("expected  a⏎b\nactual    a⏎c\n", TextDifference.Show("a\r\nb", "a\nc"), StringComparison.Ordinal);
}
