using System.Text.RegularExpressions;

namespace ConnectorHub.Gateway.Samples;

/// <summary>What a field most likely holds, told by its name.</summary>
internal enum FieldKind
{
    /// <summary>Nothing about a person.</summary>
    Other,

    /// <summary>A person's or a company's name.</summary>
    Name,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A key, a token, a password.</summary>
    Key,

    /// <summary>A part of a postal address.</summary>
    Address,

    /// <summary>Latitude or longitude.</summary>
    Position,

    /// <summary>What somebody wrote.</summary>
    FreeText,
}

/// <summary>Tells kinds by names as platforms write them: <c>firstName</c>, <c>first_name</c>, <c>firstname</c>.</summary>
internal static partial class FieldKinds
{
    /// <summary>The kind of a field.</summary>
    /// <param name="person">The field stands beside an e-mail address or a name, so a plain <c>name</c> is a person's.</param>
    public static FieldKind Of(string name, bool person)
    {
        var plain = name.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
        return plain switch
        {
            "firstname" or "lastname" or "fullname" or "displayname" or "familyname" or "givenname" or "nickname" or "company" or "companyname" => FieldKind.Name,
            "name" or "username" when person => FieldKind.Name,
            _ when plain.EndsWith("username", StringComparison.Ordinal) => FieldKind.Name,
            _ when plain.Contains("phone", StringComparison.Ordinal) || plain is "mobile" or "tel" or "fax" => FieldKind.Phone,
            _ when plain.EndsWith("key", StringComparison.Ordinal) || plain.Contains("token", StringComparison.Ordinal)
                || plain.Contains("secret", StringComparison.Ordinal) || plain.Contains("password", StringComparison.Ordinal) => FieldKind.Key,
            "fulladdress" or "street" or "housenumber" or "zip" or "postcode" or "postalcode" or "city" or "ipcity" => FieldKind.Address,
            "lat" or "lng" or "lon" or "latitude" or "longitude" => FieldKind.Position,
            "notes" or "note" or "comment" or "comments" or "message" or "answer" or "values" or "value" or "reason" or "bio" or "headline" => FieldKind.FreeText,
            _ => FieldKind.Other,
        };
    }

    /// <summary>Whether a field is named as one for e-mail addresses.</summary>
    public static bool IsMail(string name) => name.Contains("mail", StringComparison.OrdinalIgnoreCase);

    /// <summary>The field name that an answer to this question would have.</summary>
    public static string AnswerTo(string question) => question.Trim().ToLowerInvariant() switch
    {
        var text when text.Contains("phone", StringComparison.Ordinal) || text.Contains("mobile", StringComparison.Ordinal) => "phone",
        var text when text.Contains("first name", StringComparison.Ordinal) => "firstname",
        var text when text.Contains("last name", StringComparison.Ordinal) => "lastname",
        "name" => "fullname",
        var text when text.Contains("company", StringComparison.Ordinal) => "company",
        _ => "answer",
    };

    /// <summary>Texts that say nothing about anybody: one word in capitals or small letters, a date, a zone, a number with a unit, an address on the web without a query.</summary>
    public static bool IsPlain(string text) => Plain().IsMatch(text);

    [GeneratedRegex(@"^([A-Za-z]{1,24}([._-][A-Za-z0-9]{1,24}){0,5}|[A-Za-z]+/[A-Za-z_/]+|\d{4}-\d\d-\d\d([T ].*)?|https?://[^?\s]*|#?[0-9A-Za-z]{1,12})$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
