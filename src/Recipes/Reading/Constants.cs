using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Values that are taken as the file has them.</summary>
internal static class Constants
{
    public static Value Of(YamlNode node) => node switch
    {
        YamlScalar scalar => Of(scalar, textOnly: false),
        YamlList list => Value.List([.. list.Items.Select(Of)]),
        YamlMap map => Value.Map(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Of(entry.Value)))),
        _ => Value.Missing,
    };

    /// <param name="textOnly">The target takes text, so plain words stay as they are written: <c>NO</c>, <c>1234</c>.</param>
    public static Value Of(YamlScalar scalar, bool textOnly) => scalar.Plain switch
    {
        PlainKind.Null => Value.Null,
        _ when textOnly => Value.Text(scalar.Text),
        PlainKind.Boolean => Value.Boolean(PlainScalar.IsTrue(scalar.Text)),
        PlainKind.Number => Value.Number(scalar.Text),
        _ => Value.Text(scalar.Text),
    };
}
