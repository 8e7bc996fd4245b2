using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Values;

public sealed class FilterCatalogTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    private static readonly string[] Promised =
    [
        "from_unix", "from_unix_ms", "from_iso", "parse_date", "to_unix", "in_zone", "date", "add", "minus",
        "lower", "upper", "trim", "title", "split", "join", "replace", "match", "truncate", "url", "hash", "json", "format",
        "number", "round", "plus", "times", "divide",
        "first", "last", "count", "map", "where", "unique", "concat", "flatten", "as_map", "lookup", "default", "as_is",
    ];

    public static TheoryData<string> Names => [.. FilterCatalog.All.Select(filter => filter.Name)];

    [Fact]
    public void The_catalog_has_each_filter_of_the_language_and_no_other() =>
        Assert.Equal(Promised.Order(), FilterCatalog.All.Select(filter => filter.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_of_a_filter_comes_to_what_it_says(string name)
    {
        var filter = FilterCatalog.Find(name)!;
        var parse = Template.Parse(filter.Example.Template, TextKind.Plain);
        Assert.Empty(parse.Problems);
        var seen = filter.Example.Event.Length == 0 ? Value.Missing : OddValues.Json(filter.Example.Event);

        var result = parse.Template!.Evaluate(new Scope().Set("event", seen), Paris, null);

        Assert.Null(result.Failure);
        Assert.Equal(filter.Example.Result, result.Value.ToText());
        Assert.Contains(name, filter.Example.Template, StringComparison.Ordinal);
        Assert.EndsWith(".", filter.About, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_filter_answers_whatever_it_is_given(string name)
    {
        var filter = FilterCatalog.Find(name)!;
        foreach (var input in OddValues.All)
        {
            foreach (var argument in OddValues.All)
            {
                for (var count = 0; count <= filter.Parameters.Count; count++)
                {
                    Value[] arguments = [.. Enumerable.Repeat(argument, count)];
                    Check(filter, filter.Apply(input, arguments, new FilterContext(null)));
                    Check(filter, filter.Apply(input, arguments, new FilterContext(Paris)));
                }
            }
        }
    }

    [Theory]
    [InlineData("date", "d")]
    [InlineData("date", "dd MMMM uuuu HH:mm:ss;FFFFFFFFF o<G> z x")]
    [InlineData("in_zone", "Pacific/Apia")]
    [InlineData("in_zone", "America/New_York")]
    [InlineData("parse_date", "dd/MM/yyyy")]
    [InlineData("match", "(.)(.)")]
    [InlineData("format", "#,##0.00")]
    [InlineData("truncate", "1")]
    [InlineData("map", "a[*].b")]
    [InlineData("from_iso", "Asia/Tokyo")]
    public void A_filter_with_a_good_argument_answers_whatever_it_is_given(string name, string argument)
    {
        var filter = FilterCatalog.Find(name)!;
        foreach (var input in OddValues.All)
        {
            Check(filter, filter.Apply(input, [Value.Text(argument)], new FilterContext(null)));
            Check(filter, filter.Apply(input, [Value.Text(argument)], new FilterContext(Paris)));
        }
    }

    [Theory]
    [InlineData("seconds")]
    [InlineData("hours")]
    [InlineData("days")]
    [InlineData("years")]
    public void Moving_a_moment_never_throws(string unit)
    {
        foreach (var name in new[] { "add", "minus" })
        {
            foreach (var input in OddValues.All)
            {
                foreach (var amount in OddValues.All)
                {
                    Check(FilterCatalog.Find(name)!, FilterCatalog.Find(name)!.Apply(input, [amount, Value.Text(unit)], new FilterContext(Paris)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_goes_through_a_filter_unchanged(string name)
    {
        var filter = FilterCatalog.Find(name)!;
        var arguments = filter.Parameters.Where(parameter => !parameter.Optional).Select(parameter => Good(name, parameter)).ToList();
        var fits = filter.Apply(Value.Missing, arguments, new FilterContext(Paris));
        Assert.Null(fits.Problem);
        Assert.Equal(name == "default" ? "x" : "", fits.Value.ToText());
    }

    private static Value Good(string filter, FilterParameter parameter) => (filter, parameter.Name) switch
    {
        ("default", _) => Value.Text("x"),
        (_, "pattern") => Value.Text(filter == "match" ? "a" : filter == "format" ? "0" : "dd/MM/yyyy"),
        (_, "zone") => Value.Text("UTC"),
        (_, "map") => Value.Map([]),
        _ when parameter.Kinds.Contains(ValueKind.Number) => Value.Number(1),
        _ => Value.Text("days"),
    };

    private static void Check(Filter filter, FilterResult result)
    {
        if (result.Problem is { } problem)
        {
            Assert.NotEmpty(problem.Message);
            Assert.True(problem.Message.Length < 1500, $"{filter.Name}: {problem.Message.Length} letters");
            return;
        }

        _ = Encoding.UTF8.GetString(result.Value.ToUtf8Json());
        _ = result.Value.ToText();
    }
}
