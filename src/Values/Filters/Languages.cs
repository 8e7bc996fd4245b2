using System.Globalization;

namespace ConnectorHub.Values.Filters;

/// <summary>Languages by their short name; English month and day names without one.</summary>
internal static class Languages
{
    public static CultureInfo? Find(string name)
    {
        name = name.Trim();
        if (name.Length == 0 || string.Equals(name, "en", StringComparison.OrdinalIgnoreCase))
        {
            return CultureInfo.InvariantCulture;
        }

        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    public static string Unknown(string name) =>
        $"'{Messages.Cut(name)}' is not a language known here. Write one such as en, fr, de, es, it, nl, pt-BR.";
}
