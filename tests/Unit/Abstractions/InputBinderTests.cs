using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Unit.Abstractions;

public sealed class InputBinderTests
{
    private readonly InputBinder<Sample> _binder = new();

    internal enum Size
    {
        Small,
        ExtraLarge,
    }

    [Fact]
    public void The_parameters_of_the_record_are_the_fields() => Assert.Equal(
        [
            "channel_name Text True Mrkdwn",
            "count WholeNumber False Plain",
            "ratio Number False Plain",
            "loud Boolean False Plain",
            "tags TextList False Plain",
            "labels TextMap False Plain",
            "body Any False Plain",
            "size Text False Plain small|extra-large",
        ],
        _binder.Fields.Select(field =>
            $"{field.Name} {field.Type} {field.Required} {field.TextKind} {string.Join("|", field.Allowed)}".TrimEnd()));

    [Fact]
    public void What_is_left_out_or_null_takes_its_default()
    {
        var bound = Bind("""{"channel_name":"a","loud":null,"size":null,"count":null}""");

        Assert.Equal(new Sample("a"), bound);
        Assert.Equal((7, Size.ExtraLarge), (bound.Count, bound.Size));
    }

    [Fact]
    public void Each_kind_of_value_is_bound()
    {
        var bound = Bind(
            """{"channel_name":"a","count":3,"ratio":0.1,"loud":true,"tags":["x",2],"labels":{"k":"v","n":1,"gone":null},"body":{"b":[1]},"size":"small"}""");

        Assert.Equal((3, 0.1m, true, Size.Small), (bound.Count, bound.Ratio!.Value, bound.Loud, bound.Size));
        Assert.Equal(["x", "2"], bound.Tags!);
        Assert.Equal(new Dictionary<string, string> { ["k"] = "v", ["n"] = "1" }, bound.Labels!);
        Assert.Equal("""{"b":[1]}""", bound.Body!.Value.GetRawText());
    }

    [Theory]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("1.10", "1.10")]
    [InlineData("true", "true")]
    public void A_number_or_truth_value_in_a_text_field_is_its_text(string value, string text) =>
        Assert.Equal(text, Bind($$"""{"channel_name":{{value}}}""").ChannelName);

    [Theory]
    [InlineData("""{"channel_name":"a","count":1.5}""", "'count' is 1.5; it must be a whole number.")]
    [InlineData("""{"channel_name":"a","count":99999999999}""", "'count' is 99999999999; it must be a whole number.")]
    [InlineData("""{"channel_name":"a","count":"3"}""", "'count' is \"3\"; it must be a whole number.")]
    [InlineData("""{"channel_name":"a","ratio":"x"}""", "'ratio' is \"x\"; it must be a number.")]
    [InlineData("""{"channel_name":"a","loud":"yes"}""", "'loud' is \"yes\"; it must be true or false.")]
    [InlineData("""{"channel_name":["a"]}""", "'channel_name' is a list; it must be text. It is: Where to.")]
    [InlineData("""{"channel_name":"a","tags":"x"}""", "'tags' is \"x\"; it must be a list of texts.")]
    [InlineData("""{"channel_name":"a","tags":[{}]}""", "'tags' is a list; it must be a list of texts.")]
    [InlineData("""{"channel_name":"a","labels":{"k":{}}}""", "'labels' is a map; it must be a map of texts.")]
    [InlineData("""{"channel_name":"a","size":"Small"}""", "'size' is \"Small\"; allowed: small, extra-large.")]
    [InlineData("""{"channel_name":"\ud83d"}""", "'channel_name' is \"…\"; it must be text.")]
    [InlineData("""{}""", "'channel_name' is missing; it is required (Where to).")]
    [InlineData("[]", "the input is a list; it must be a map of channel_name, count, ratio, loud, tags, labels, body, size.")]
    [InlineData("""{"channel_name":"a","ChannelName":"b"}""", "'ChannelName' is not a field. It has: channel_name, count, ratio, loud, tags, labels, body, size.")]
    public void What_does_not_fit_is_told_with_what_would(string input, string problem) => Assert.Equal(problem, Problem(input));

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var problem = Problem("""{"colour":"red","count":"many"}""");

        Assert.Contains("'colour' is not a field", problem, StringComparison.Ordinal);
        Assert.Contains("'channel_name' is missing", problem, StringComparison.Ordinal);
        Assert.Contains("'count' is", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_wrong_value_is_not_repeated_whole() =>
        Assert.True(Problem($$"""{"channel_name":"a","size":"{{new string('x', 10_000)}}"}""").Length < 200);

    [Fact]
    public void A_record_with_a_field_that_no_recipe_could_write_is_a_defect()
    {
        Assert.Throws<InvalidOperationException>(() => new InputBinder<Unwritable>());
        Assert.Throws<InvalidOperationException>(() => new InputBinder<Undescribed>());
    }

    private Sample Bind(string json)
    {
        Assert.True(_binder.TryBind(JsonElement.Parse(json), out var bound, out var problem), problem);
        return bound;
    }

    private string Problem(string json)
    {
        Assert.False(_binder.TryBind(JsonElement.Parse(json), out _, out var problem));
        return problem;
    }

    internal sealed record Sample(
        [About("Where to")][Text(TextKind.Mrkdwn)] string ChannelName,
        [About("How many")] int Count = 7,
        [About("How much")] decimal? Ratio = null,
        [About("How loud")] bool Loud = false,
        [About("Which tags")] IReadOnlyList<string>? Tags = null,
        [About("Which labels")] IReadOnlyDictionary<string, string>? Labels = null,
        [About("What")] JsonElement? Body = null,
        [About("How large")] Size Size = Size.ExtraLarge);

    internal sealed record Unwritable([About("When")] DateTime Moment);

    internal sealed record Undescribed(string Name);
}
