using System.Text;
using ConnectorHub.Storage.Sqlite.Search;

namespace ConnectorHub.Tests.Unit.Storage;

/// <summary>The bits behind the search index: nothing that a search would find may be ruled out.</summary>
public sealed class SearchGramsTests
{
    [Fact]
    public void Letters_that_are_the_same_without_case_have_the_same_number()
    {
        var firsts = new Dictionary<string, ushort>(StringComparer.OrdinalIgnoreCase);
        for (var letter = 0; letter <= char.MaxValue; letter++)
        {
            var number = Letters.Numbers[letter];
            Assert.InRange(number, 0, (1 << Letters.Bits) - 1);
            if (!firsts.TryAdd(((char)letter).ToString(), number))
            {
                Assert.True(firsts[((char)letter).ToString()] == number, $"U+{letter:X4}");
            }
        }
    }

    [Theory]
    [InlineData("ada.lovelace@example.com", "LOVELACE")]
    [InlineData("xabcdex", "abcde")]
    [InlineData("xabcx", "abc")]
    [InlineData("""{"name":"Jos\u00e9","at":"forms\/12"}""", "é\",\"at\":\"forms/1")]
    [InlineData("""{"name":"Jos\u00e9"}""", "s\\u00E9\"")]
    [InlineData("""ends with a backslash\""", "backslash\\")]
    public void All_places_of_a_text_are_set_where_it_is_held(string held, string text)
    {
        var grams = new GramSet();
        EventText.AddTo(grams, Encoding.UTF8.GetBytes(held));

        Assert.True(EventText.Holds(Encoding.UTF8.GetBytes(held), text));
        Assert.NotEmpty(GramSet.PlacesOf(text));
        Assert.Subset(grams.Places().ToHashSet(), GramSet.PlacesOf(text).ToHashSet());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    public void A_text_of_two_letters_rules_nothing_out(string text) => Assert.Empty(GramSet.PlacesOf(text));

    [Fact]
    public void A_very_long_text_is_asked_for_by_a_few_of_its_pieces()
        => Assert.InRange(GramSet.PlacesOf(string.Concat(Enumerable.Range(0, 5_000))).Count, 16, 32);

    [Theory]
    [InlineData(1)]
    [InlineData(40_000)]
    [InlineData(400_000)]
    public void A_set_in_slices_has_the_places_of_the_set(int texts)
    {
        var grams = new GramSet();
        for (var i = 0; i < texts; i++)
        {
            grams.Add($"{i:x}-{i * 7}");
        }

        var slices = Slices.Of(grams);

        Assert.InRange(slices.Count, 1, Slices.Most);
        foreach (var place in grams.Places())
        {
            var (slice, bit) = Slices.Find(place, slices.Count);
            Assert.NotEqual(0, slices[slice][bit >> 3] & (1 << (bit & 7)));
        }
    }

    [Fact]
    public void Half_of_the_bits_stay_free()
    {
        var grams = new GramSet();
        for (var i = 0; i < 100_000; i++)
        {
            grams.Add($"{i * 7919:x8}");
        }

        var slices = Slices.Of(grams);

        Assert.InRange(slices.SelectMany(slice => slice).Average(part => System.Numerics.BitOperations.PopCount(part)), 0.5, 4);
    }
}
