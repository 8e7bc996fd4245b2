using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace ConnectorHub.Values;

/// <summary>One immutable value: what a path finds, a filter makes and a field receives. Closed.</summary>
/// <remarks>
/// Two values are equal when they hold the same: numbers by amount (1 and 1.0), texts letter by letter, moments by instant,
/// maps whatever the order of their members.
/// </remarks>
public abstract class Value : IEquatable<Value>
{
    /// <summary>How heavy a value may get: each doubling is cheap, thirty of them are not.</summary>
    public const long GreatestWeight = 16 * 1024 * 1024;

    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 4096,
        SkipValidation = true,
    };

    private protected Value()
    {
    }

    /// <summary>Not there.</summary>
    public static Value Missing { get; } = new NothingValue(ValueKind.Missing);

    /// <summary>JSON null.</summary>
    public static Value Null { get; } = new NothingValue(ValueKind.Null);

    /// <summary>true.</summary>
    public static Value True { get; } = new BooleanValue(true);

    /// <summary>false.</summary>
    public static Value False { get; } = new BooleanValue(false);

    /// <summary>The empty text.</summary>
    public static Value EmptyText { get; } = new TextValue("");

    /// <summary>Wraps a JSON element; members are read when they are asked for. Its document must not be disposed.</summary>
    public static Value FromJson(JsonElement element) => JsonReading.Wrap(element);

    /// <summary>Reads JSON.</summary>
    /// <exception cref="JsonException">Not JSON, or deeper than 512.</exception>
    public static Value Parse(ReadOnlyMemory<byte> utf8Json) => JsonReading.Parse(utf8Json);

    /// <summary>Reads JSON; false where it is none or deeper than 512.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out Value? value) => JsonReading.TryParse(utf8Json, out value);

    /// <summary>A text.</summary>
    public static Value Text(string text) => text.Length == 0 ? EmptyText : new TextValue(text);

    /// <summary>A whole number.</summary>
    public static Value Number(long number) => new NumberValue(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number; zeros at its end are dropped.</summary>
    public static Value Number(decimal number) => new NumberValue(NumberText.Write(number));

    /// <summary>A number by its digits, as JSON writes them; they are kept as they are.</summary>
    /// <exception cref="ArgumentException">Not a JSON number.</exception>
    public static Value Number(string digits) =>
        NumberText.IsNumber(digits) ? new NumberValue(digits) : throw new ArgumentException($"'{digits}' is not a number.", nameof(digits));

    /// <summary>A number by its digits; false where they are none as JSON writes it.</summary>
    public static bool TryNumber(string digits, [NotNullWhen(true)] out Value? number)
    {
        number = NumberText.IsNumber(digits) ? new NumberValue(digits) : null;
        return number is not null;
    }

    /// <summary>true or false.</summary>
    public static Value Boolean(bool value) => value ? True : False;

    /// <summary>A moment in a zone that was chosen for it.</summary>
    public static Value Moment(ZonedDateTime moment) => new MomentValue(moment, zoneChosen: true);

    /// <summary>A moment in no zone yet: shown in the zone of the recipe or the hub.</summary>
    public static Value Moment(Instant instant) => new MomentValue(instant.InUtc(), zoneChosen: false);

    /// <summary>A list.</summary>
    public static Value List(IReadOnlyList<Value> items) => new ListValue(items);

    /// <summary>A map, in the order given; a name that comes twice keeps its first place and its last value.</summary>
    public static Value Map(IEnumerable<KeyValuePair<string, Value>> members) => new MapValue(members);

    /// <summary>What it is.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>Missing or null.</summary>
    public bool IsMissingOrNull => Kind is ValueKind.Missing or ValueKind.Null;

    /// <summary>About how many letters its JSON has; told without writing it.</summary>
    public virtual long Weight => 8;

    /// <summary>A list's items; empty for anything else.</summary>
    public virtual IReadOnlyList<Value> Items => [];

    /// <summary>A map's members in order; empty for anything else.</summary>
    public virtual IEnumerable<KeyValuePair<string, Value>> Members => [];

    /// <summary>How many items or members; 0 for anything else.</summary>
    public virtual int Count => 0;

    /// <summary>The member of that name, or Missing.</summary>
    public virtual Value Member(string name) => Missing;

    /// <summary>The item at that place, or Missing.</summary>
    public virtual Value At(int index) => Missing;

    /// <summary>A number as a decimal; false where it is no number or has no exact decimal.</summary>
    public virtual bool TryGetDecimal(out decimal number)
    {
        number = 0;
        return false;
    }

    /// <summary>A moment; false for every other kind, texts that look like one included.</summary>
    public virtual bool TryGetMoment(out ZonedDateTime moment)
    {
        moment = default;
        return false;
    }

    /// <summary>
    /// Writes it as JSON: numbers with their digits, a moment as ISO text with its offset (<c>Z</c> where no zone was chosen).
    /// Missing is left out of a map and null anywhere else.
    /// </summary>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>Its JSON, without white space.</summary>
    public byte[] ToUtf8Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Its form inside a text: nothing for missing and null, numbers in their digits, lists and maps as JSON, moments as ISO.</summary>
    public abstract string ToText();

    /// <summary>The same as <see cref="ToText"/>.</summary>
    public sealed override string ToString() => ToText();

    /// <inheritdoc/>
    public bool Equals(Value? other) => other is not null && (ReferenceEquals(this, other) || ValueEquality.Same(this, other));

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Value);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => ValueEquality.Hash(this);
}
