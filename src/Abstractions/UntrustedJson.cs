using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace ConnectorHub.Abstractions;

/// <summary>JSON from the other side: read without trust, and never with an exception.</summary>
public static class UntrustedJson
{
    /// <summary>Nesting beyond this is refused.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonDocumentOptions Tolerant = new() { MaxDepth = MaxDepth };

    private static readonly JsonReaderOptions Bottomless = new() { MaxDepth = int.MaxValue };

    /// <summary>
    /// A webhook body, after its signature was checked: UTF-8, at most <see cref="MaxDepth"/> deep, no key twice in one object
    /// (two readers could take it for two different bodies), nothing behind it. The caller disposes the document.
    /// </summary>
    public static bool TryReadBody(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? problem)
    {
        document = null;
        if (body.Span.IsEmpty)
        {
            problem = "The body is empty; it must be JSON.";
            return false;
        }

        if (!Utf8.IsValid(body.Span))
        {
            problem = "The body is not UTF-8; it must be JSON in UTF-8.";
            return false;
        }

        try
        {
            document = JsonDocument.Parse(body, Strict);
            problem = null;
            return true;
        }
        catch (JsonException exception)
        {
            problem = Describe(body, exception);
            return false;
        }
        catch (InvalidOperationException)
        {
            // A key with half a surrogate pair cannot be compared with the others.
            problem = "The body has a key that is not Unicode text.";
            return false;
        }
    }

    // Read again with one rule less each time: the rule that made the difference is the one to name.
    private static string Describe(ReadOnlyMemory<byte> body, JsonException exception)
    {
        if (IsDocument(body))
        {
            return "The body has a key twice in one object, so two readers could take it for two different bodies.";
        }

        return IsText(body.Span)
            ? $"The body is nested too deep: at most {MaxDepth} levels are read."
            : $"The body is not JSON: it stops making sense at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.";
    }

    private static bool IsDocument(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Tolerant);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Without a document: making one takes a time that grows with the square of the depth, minutes for 1 MB of brackets.
    private static bool IsText(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Bottomless);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// The JSON of an answer, detached, or null where it is empty, cut off, too deep, not all Unicode text or no JSON at all. The hub's response cap bounds its size.
    /// </summary>
    public static JsonElement? Answer(SendReply.Answered answer)
    {
        if (answer.BodyCut || answer.Body.Span.IsEmpty || !Utf8.IsValid(answer.Body.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body, Tolerant);
            return HasWholeTexts(document, answer.Body.Span) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Half a surrogate pair parses but can be written nowhere: it would fail the first step that passes it on.
    private static bool HasWholeTexts(JsonDocument document, ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null);
            document.WriteTo(writer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member of an object, or null where there is no object or no such member.</summary>
    public static JsonElement? Member(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            // A neighbour's key holds half a surrogate pair.
            return null;
        }
    }

    /// <summary>A text, found by member names from <paramref name="element"/> down, or null.</summary>
    public static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (Member(element, name) is not { } member)
            {
                return null;
            }

            element = member;
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, as left by a sender that cuts texts: no .NET text can hold it.
            return null;
        }
    }

    /// <summary>A member's name, or null where it is not Unicode text.</summary>
    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
