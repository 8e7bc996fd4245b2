using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using static ConnectorHub.Tests.Unit.Values.OddValues;

namespace ConnectorHub.Tests.Unit.Values;

public sealed class TextEscapeTests
{
    [Theory]
    [InlineData(TextKind.Plain, "<!channel> & \"x\"", "<!channel> & \"x\"")]
    [InlineData(TextKind.Mrkdwn, "<!channel> & \"x\" &lt;", "&lt;!channel&gt; &amp; \"x\" &amp;lt;")]
    [InlineData(TextKind.Html, "<a href='x'>\"&\"</a>", "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;")]
    [InlineData(TextKind.UrlPart, "a b/é?&=+#", "a%20b%2F%C3%A9%3F%26%3D%2B%23")]
    [InlineData(TextKind.Header, "Ada\r\nBcc: all\u0085@x\0", "AdaBcc: all@x")]
    public void A_text_is_made_harmless_for_its_field(TextKind kind, string text, string expected) =>
        Assert.Equal(expected, TextEscape.Escape(kind, text));

    [Fact]
    public void Texts_in_lists_and_maps_are_made_harmless_too() =>
        Assert.Equal(
            """{"&lt;k&gt;":["&lt;!here&gt;",1,true,null,{"a":"&amp;"}]}""",
            TextEscape.Escape(TextKind.Mrkdwn, Json("""{"<k>":["<!here>",1,true,null,{"a":"&"}]}""")).ToText());

    [Fact]
    public void What_needs_no_escaping_keeps_its_type()
    {
        Assert.Equal(ValueKind.Number, TextEscape.Escape(TextKind.Html, Value.Number(5)).Kind);
        Assert.Equal("1e%2B5", TextEscape.Escape(TextKind.UrlPart, Value.Number("1e+5")).ToText());
    }

    [Fact]
    public void No_odd_value_breaks_it()
    {
        foreach (var value in All)
        {
            foreach (var kind in Enum.GetValues<TextKind>())
            {
                _ = TextEscape.Escape(kind, value).ToUtf8Json();
            }
        }
    }
}
