using System.Text.Json;
using NodaTime;

namespace ConnectorHub.Values;

internal sealed class NothingValue(ValueKind kind) : Value
{
    public override ValueKind Kind => kind;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override string ToText() => "";
}

internal sealed class BooleanValue(bool value) : Value
{
    public override ValueKind Kind => ValueKind.Boolean;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteBooleanValue(value);

    public override string ToText() => value ? "true" : "false";
}

internal sealed class TextValue(string text) : Value
{
    public override ValueKind Kind => ValueKind.Text;

    public override long Weight => text.Length + 2;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(JsonReading.Whole(text));

    public override string ToText() => text;
}

internal sealed class NumberValue(string digits) : Value
{
    public override ValueKind Kind => ValueKind.Number;

    public override long Weight => digits.Length;

    public override bool TryGetDecimal(out decimal number) => NumberText.TryDecimal(digits, out number);

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(digits, skipInputValidation: true);

    public override string ToText() => digits;
}

internal sealed class MomentValue(ZonedDateTime moment, bool zoneChosen) : Value
{
    public override ValueKind Kind => ValueKind.Moment;

    /// <summary>False where the zone is only UTC for want of another.</summary>
    public bool ZoneChosen => zoneChosen;

    public ZonedDateTime Time => moment;

    /// <summary>Another time in the same zone, as chosen or open as this one.</summary>
    public MomentValue Move(ZonedDateTime to) => new(to, zoneChosen);

    public override bool TryGetMoment(out ZonedDateTime found)
    {
        found = moment;
        return true;
    }

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(ToText());

    public override string ToText() => IsoMoment.Write(moment, zoneChosen);
}
