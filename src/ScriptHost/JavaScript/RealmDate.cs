using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Native.Date;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// The script's Date. Now is the event's time, local time is the zone's with its real history (the engine knows one base offset and
/// summer times of one hour only), and texts are those of the standard, en-US. Parsing and UTC arithmetic stay the engine's.
/// </summary>
internal sealed partial class RealmDate : FunctionInstance, IConstructor
{
    private const double Day = 86_400_000;

    private static readonly string[] Parts = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"];

    private readonly Engine _engine;
    private readonly DateConstructor _date;
    private readonly double _now;
    private readonly TimeZoneInfo _zone;
    private bool _isRepaired;

    public RealmDate(Engine engine, double now, TimeZoneInfo zone)
        : base(engine, [], null, false)
    {
        (_engine, _date, _now, _zone) = (engine, engine.Date, now, zone);
        Prototype = engine.Function.PrototypeObject;
        FastAddProperty("length", 7, false, false, false);
        FastAddProperty("prototype", _date.PrototypeObject, false, false, false);
        FastAddProperty("UTC", _date.Get("UTC"), true, false, true);
        FastAddProperty("now", new ClrFunctionInstance(engine, (_, _) => _now), true, false, true);
        FastAddProperty("parse", new ClrFunctionInstance(engine, (_, a) => Parse(a.Length == 0 ? "" : TypeConverter.ToString(a[0]))), true, false, true);
    }

    public override JsValue Call(JsValue thisObject, JsValue[] arguments) => LocalText(_now);

    public ObjectInstance Construct(JsValue[] arguments)
    {
        Repair();
        return _date.Construct(TimeOf(arguments));
    }

    public override JsValue Get(string propertyName)
    {
        if (propertyName == "prototype")
            Repair();
        return base.Get(propertyName);
    }

    private double TimeOf(JsValue[] arguments)
    {
        if (arguments.Length == 0)
            return _now;
        if (arguments.Length > 1)
            return DateConstructor.TimeClip(FromLocal(TypeConverter.ToNumber(((FunctionInstance)_date.Get("UTC").AsObject()).Call(JsValue.Undefined, arguments))));
        if (arguments[0].IsObject() && arguments[0].AsObject() is DateInstance other)
            return other.PrimitiveValue;
        var value = TypeConverter.ToPrimitive(arguments[0], Types.None);
        return value.IsString() ? Parse(value.AsString()) : DateConstructor.TimeClip(TypeConverter.ToNumber(value));
    }

    private double Parse(string text)
    {
        // A date with a clock and no zone is local; the engine follows the older rule that it is UTC.
        var isLocal = ClockWithoutZone().IsMatch(text);
        var time = TypeConverter.ToNumber(((FunctionInstance)_date.Get("parse").AsObject()).Call(JsValue.Undefined, [isLocal ? text + "Z" : text]));
        return isLocal ? FromLocal(time) : time;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockWithoutZone();

    // Once, when the script first makes a date or looks at the prototype: most scripts never do.
    private void Repair()
    {
        if (_isRepaired)
            return;
        _isRepaired = true;
        var prototype = _date.PrototypeObject;
        Define("constructor", this);
        foreach (var part in Parts)
        {
            var get = (FunctionInstance)prototype.Get("getUTC" + part).AsObject();
            var set = (FunctionInstance)prototype.Get("setUTC" + part).AsObject();
            Define("get" + part, (date, _) => get.Call(_date.Construct(ToLocal(date.PrimitiveValue)), []));
            Define("set" + part, (date, a) => SetLocal(date, set, a));
        }

        var getDay = (FunctionInstance)prototype.Get("getUTCDay").AsObject();
        Define("getDay", (date, _) => getDay.Call(_date.Construct(ToLocal(date.PrimitiveValue)), []));
        Define("getTimezoneOffset", (date, _) => (date.PrimitiveValue - ToLocal(date.PrimitiveValue)) / 60_000);
        DefineTexts();
    }

    private void DefineTexts()
    {
        Define("toISOString", (date, _) => double.IsNaN(date.PrimitiveValue)
            ? throw new JavaScriptException(_engine.RangeError, "toISOString of an invalid date")
            : CivilTime.ToIso(date.PrimitiveValue));
        Define("toString", (date, _) => LocalText(date.PrimitiveValue));
        Define("toUTCString", (date, _) => Text(date.PrimitiveValue, time => time.ToUtcText()));
        Define("toDateString", (date, _) => Text(ToLocal(date.PrimitiveValue), time => time.ToDateText()));
        Define("toTimeString", (date, _) => Text(ToLocal(date.PrimitiveValue), time => $"{time.ToClockText()} {OffsetText(date.PrimitiveValue)}"));
        Define("toLocaleString", (date, _) => Text(ToLocal(date.PrimitiveValue), time => $"{time.ToLocaleDateText()}, {time.ToLocaleClockText()}"));
        Define("toLocaleDateString", (date, _) => Text(ToLocal(date.PrimitiveValue), time => time.ToLocaleDateText()));
        Define("toLocaleTimeString", (date, _) => Text(ToLocal(date.PrimitiveValue), time => time.ToLocaleClockText()));
    }

    private JsValue SetLocal(DateInstance date, FunctionInstance setUtc, JsValue[] arguments)
    {
        var local = _date.Construct(ToLocal(date.PrimitiveValue));
        setUtc.Call(local, arguments);
        date.PrimitiveValue = DateConstructor.TimeClip(FromLocal(local.PrimitiveValue));
        return date.PrimitiveValue;
    }

    private string LocalText(double time) => Text(ToLocal(time), local => $"{local.ToDateText()} {local.ToClockText()} {OffsetText(time)}");

    private static string Text(double time, Func<CivilTime, string> format) => double.IsNaN(time) ? "Invalid Date" : format(CivilTime.Of(time));

    private string OffsetText(double time)
    {
        var minutes = (int)(Offset(time) / 60_000);
        return $"GMT{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}";
    }

    private double ToLocal(double time) => time + Offset(time);

    // In a gap and in a repeated hour the offset from before the change holds, as the standard says.
    private double FromLocal(double local)
    {
        var (before, after) = (Offset(local - Day), Offset(local + Day));
        return Offset(local - before) != before && Offset(local - after) == after ? local - after : local - before;
    }

    private double Offset(double time)
    {
        if (double.IsNaN(time))
            return double.NaN;
        // Beyond .NET's years no zone has changes to speak of.
        var within = Math.Clamp(Math.Floor(time), -62_135_596_800_000, 253_402_300_799_999);
        return _zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds((long)within)).TotalMilliseconds;
    }

    private void Define(string name, Func<DateInstance, JsValue[], JsValue> method) =>
        Define(name, new ClrFunctionInstance(_engine, (self, a) => method(This(self, name), a)));

    private void Define(string name, ObjectInstance function) =>
        _date.PrototypeObject.FastSetProperty(name, new(new JsValue(function), true, false, true));

    private DateInstance This(JsValue self, string method) =>
        self.IsObject() && self.AsObject() is DateInstance date
            ? date
            : throw new JavaScriptException(_engine.TypeError, $"{method} is called on a value that is not a date");
}
