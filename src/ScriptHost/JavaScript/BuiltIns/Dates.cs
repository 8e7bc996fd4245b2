using Jint.Native;
using Jint.Native.Date;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>The script's Date. Now is the event's time, local time is the zone's with its real history, and texts are those of the standard, en-US.</summary>
internal static class Dates
{
    // Fields in the order of the clock; a setter may be given those that follow, up to its own last.
    private static readonly (string Name, int Field, int Last)[] Fields =
    [
        ("FullYear", 0, 2), ("Month", 1, 2), ("Date", 2, 2), ("Hours", 3, 6), ("Minutes", 4, 6), ("Seconds", 5, 6), ("Milliseconds", 6, 6),
    ];

    private static readonly Method[] Prototype =
    [
        .. Fields.SelectMany(FieldMethods),
        new("getDay", 0, (world, self, _) => Part(world.ToLocal(This(world, self, "getDay").PrimitiveValue), time => (int)time.DayOfWeek)),
        new("getUTCDay", 0, (world, self, _) => Part(This(world, self, "getUTCDay").PrimitiveValue, time => (int)time.DayOfWeek)),
        new("getYear", 0, (world, self, _) => Part(world.ToLocal(This(world, self, "getYear").PrimitiveValue), time => time.Year - 1900)),
        new("getTime", 0, (world, self, _) => This(world, self, "getTime").PrimitiveValue),
        new("valueOf", 0, (world, self, _) => This(world, self, "valueOf").PrimitiveValue),
        new("setTime", 1, (world, self, a) => This(world, self, "setTime").PrimitiveValue = CivilTime.Clip(Js.Number(a.At(0)))),
        new("getTimezoneOffset", 0, Offset),
        new("toISOString", 0, ToIso),
        new("toJSON", 1, ToJson),
        new("toString", 0, (world, self, _) => world.LocalText(This(world, self, "toString").PrimitiveValue)),
        new("toUTCString", 0, (world, self, _) => Text(This(world, self, "toUTCString").PrimitiveValue, time => time.ToUtcText())),
        new("toGMTString", 0, (world, self, _) => Text(This(world, self, "toGMTString").PrimitiveValue, time => time.ToUtcText())),
        new("toDateString", 0, (world, self, _) => Text(world.ToLocal(This(world, self, "toDateString").PrimitiveValue), time => time.ToDateText())),
        new("toTimeString", 0, ToTimeString),
        new("toLocaleString", 0, (world, self, a) => LocaleDates.Format(world, This(world, self, "toLocaleString").PrimitiveValue, a, date: true, clock: true)),
        new("toLocaleDateString", 0, (world, self, a) => LocaleDates.Format(world, This(world, self, "toLocaleDateString").PrimitiveValue, a, date: true, clock: false)),
        new("toLocaleTimeString", 0, (world, self, a) => LocaleDates.Format(world, This(world, self, "toLocaleTimeString").PrimitiveValue, a, date: false, clock: true)),
    ];

    public static HostConstructor Constructor(World world, double now)
    {
        var prototype = world.Engine.Date.PrototypeObject;
        world.Add(prototype, Prototype);
        var constructor = new HostConstructor(world, "Date", 7, prototype, a => Make(world, TimeOf(world, a, now)), _ => world.LocalText(now));
        world.Add(constructor,
        [
            new Method("now", 0, (_, _, _) => now),
            new Method("UTC", 7, (_, _, a) => CivilTime.Clip(Composed(a))),
            new Method("parse", 1, (_, _, a) => DateReading.Parse(world, Js.Text(a.At(0)))),
        ]);
        return constructor;
    }

    public static string Text(double time, Func<CivilTime, string> format) => double.IsNaN(time) ? "Invalid Date" : format(CivilTime.Of(time));

    private static DateInstance Make(World world, double time)
    {
        var date = (DateInstance)world.Engine.Date.Construct(0.0);
        date.PrimitiveValue = time;
        return date;
    }

    private static double TimeOf(World world, JsValue[] a, double now)
    {
        if (a.Length == 0)
            return now;
        if (a.Length > 1)
            return CivilTime.Clip(world.FromLocal(Composed(a)));
        if (a[0].IsObject() && a[0].AsObject() is DateInstance other)
            return other.PrimitiveValue;
        var value = TypeConverter.ToPrimitive(a[0], Types.None);
        return value.IsString() ? DateReading.Parse(world, value.AsString()) : CivilTime.Clip(Js.Number(value));
    }

    // Year, month, day, …: what is left out is the first. Years of two digits are of the last century.
    private static double Composed(JsValue[] a)
    {
        var parts = new double[] { double.NaN, 0, 1, 0, 0, 0, 0 };
        for (var i = 0; i < Math.Min(a.Length, parts.Length); i++)
            parts[i] = Js.Number(a[i]);
        var year = Math.Truncate(parts[0]);
        return CivilTime.TimeOf(CivilTime.DayOf(year is >= 0 and <= 99 ? 1900 + year : year, parts[1], parts[2]), parts[3], parts[4], parts[5], parts[6]);
    }

    private static Method[] FieldMethods((string Name, int Field, int Last) field) =>
    [
        new("get" + field.Name, 0, (world, self, _) => Part(world.ToLocal(This(world, self, "get" + field.Name).PrimitiveValue), time => Field(time, field.Field))),
        new("getUTC" + field.Name, 0, (world, self, _) => Part(This(world, self, "getUTC" + field.Name).PrimitiveValue, time => Field(time, field.Field))),
        new("set" + field.Name, field.Last - field.Field + 1, (world, self, a) =>
        {
            var date = This(world, self, "set" + field.Name);
            return date.PrimitiveValue = CivilTime.Clip(world.FromLocal(Changed(world.ToLocal(date.PrimitiveValue), field.Field, field.Last, a)));
        }),
        new("setUTC" + field.Name, field.Last - field.Field + 1, (world, self, a) =>
        {
            var date = This(world, self, "setUTC" + field.Name);
            return date.PrimitiveValue = CivilTime.Clip(Changed(date.PrimitiveValue, field.Field, field.Last, a));
        }),
    ];

    private static JsValue Part(double time, Func<CivilTime, int> part) => double.IsNaN(time) ? double.NaN : part(CivilTime.Of(time));

    private static int Field(CivilTime time, int field) => field switch
    {
        0 => time.Year,
        1 => time.Month - 1,
        2 => time.Day,
        3 => time.Hour,
        4 => time.Minute,
        5 => time.Second,
        _ => time.Millisecond,
    };

    private static double Changed(double time, int first, int last, JsValue[] a)
    {
        var given = a.Take(last - first + 1).Select(Js.Number).ToArray();
        // An invalid date gets a year, and nothing else.
        if (double.IsNaN(time) && first > 0)
            return double.NaN;
        var civil = CivilTime.Of(double.IsNaN(time) ? 0 : time);
        var parts = Enumerable.Range(0, 7).Select(field => (double)Field(civil, field)).ToArray();
        if (given.Length == 0)
            return double.NaN;
        given.CopyTo(parts, first);
        return CivilTime.TimeOf(CivilTime.DayOf(parts[0], parts[1], parts[2]), parts[3], parts[4], parts[5], parts[6]);
    }

    private static JsValue Offset(World world, JsValue self, JsValue[] a)
    {
        var time = This(world, self, "getTimezoneOffset").PrimitiveValue;
        return ((time - world.ToLocal(time)) / 60_000) + 0;
    }

    private static JsValue ToIso(World world, JsValue self, JsValue[] a)
    {
        var time = This(world, self, "toISOString").PrimitiveValue;
        return double.IsNaN(time) ? throw world.RangeError("toISOString of an invalid date") : CivilTime.ToIso(time);
    }

    private static JsValue ToJson(World world, JsValue self, JsValue[] a)
    {
        var holder = world.ToObject(self, "toJSON");
        var primitive = TypeConverter.ToPrimitive(holder, Types.Number);
        return primitive.IsNumber() && !double.IsFinite(primitive.AsNumber())
            ? JsValue.Null
            : world.ToFunction(holder.Get("toISOString"), "toJSON").Call(holder, []);
    }

    private static JsValue ToTimeString(World world, JsValue self, JsValue[] a)
    {
        var date = This(world, self, "toTimeString").PrimitiveValue;
        return Text(world.ToLocal(date), time => $"{time.ToClockText()} {world.OffsetText(date)}");
    }

    private static DateInstance This(World world, JsValue self, string method) =>
        self.IsObject() && self.AsObject() is DateInstance date and not DatePrototype
            ? date
            : throw world.TypeError($"{method} is called on a value that is not a date");
}

internal sealed partial class World
{
    private const double Day = 86_400_000;

    public double ToLocal(double time) => ToLocal(time, Zone);

    public static double ToLocal(double time, TimeZoneInfo zone) => time + Offset(time, zone);

    // In a gap and in a repeated hour the offset from before the change holds, as the standard says.
    public double FromLocal(double local)
    {
        var (before, after) = (Offset(local - Day, Zone), Offset(local + Day, Zone));
        return Offset(local - before, Zone) != before && Offset(local - after, Zone) == after ? local - after : local - before;
    }

    public string LocalText(double time) => Dates.Text(ToLocal(time), local => $"{local.ToDateText()} {local.ToClockText()} {OffsetText(time)}");

    public string OffsetText(double time)
    {
        var minutes = (int)(Offset(time, Zone) / 60_000);
        return $"GMT{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}";
    }

    private static double Offset(double time, TimeZoneInfo zone)
    {
        if (double.IsNaN(time))
            return double.NaN;
        // Beyond .NET's years no zone has changes to speak of.
        var within = Math.Clamp(Math.Floor(time), -62_135_596_800_000, 253_402_300_799_999);
        return zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds((long)within)).TotalMilliseconds;
    }
}
