using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Sheets;

/// <summary>Sheets v4: which address means what, who may, and how often.</summary>
internal sealed class SheetsApi(IReadOnlyDictionary<string, Spreadsheet> spreadsheets, SheetsQuota quota, Action<string, string?> happened)
{
    private const string Append = ":append";
    private const string Clear = ":clear";

    private readonly SheetValues _values = new(happened);
    private readonly SheetBatch _batch = new(happened);

    public GoogleOperation? Find(StandInRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", [_, _, var id]) when id.EndsWith(":batchUpdate", StringComparison.Ordinal) =>
            Writes("spreadsheets.batchUpdate", Before(id, ":batchUpdate"), sheet => _batch.Run(sheet, request.Json())),
        ("GET", [_, _, var id]) => Reads("spreadsheets.get", id, sheet => Describe(sheet, request.Query)),
        ("POST", [_, _, var id, "values:batchUpdate"]) => Writes("values.batchUpdate", id, sheet => _values.BatchUpdate(sheet, request.Json())),
        ("GET", [_, _, var id, "values", var range]) => Reads("values.get", id, sheet => SheetValues.Get(sheet, range, request.Query)),
        ("PUT", [_, _, var id, "values", var range]) => Writes("values.update", id, sheet => _values.Update(sheet, range, request.Query, request.Json())),
        ("POST", [_, _, var id, "values", var range]) when range.EndsWith(Append, StringComparison.Ordinal) =>
            Writes("values.append", id, sheet => _values.Append(sheet, Before(range, Append), request.Query, request.Json())),
        ("POST", [_, _, var id, "values", var range]) when range.EndsWith(Clear, StringComparison.Ordinal) =>
            Writes("values.clear", id, sheet => _values.Clear(sheet, Before(range, Clear))),
        _ => null,
    };

    private static StandInReply Describe(Spreadsheet spreadsheet, IReadOnlyDictionary<string, string> query)
    {
        var range = query.TryGetValue("ranges", out var asked) ? A1.Read(asked) : null;
        return asked is not null && (range is null || spreadsheet.Find(range.Sheet) is null)
            ? GoogleReply.Invalid($"Unable to parse range: {asked}")
            : StandInReply.Json(200, FieldMask.Apply(spreadsheet.ToJson(range), query.GetValueOrDefault("fields")));
    }

    private GoogleOperation Reads(string name, string id, Func<Spreadsheet, StandInReply> run) => new(name, signIn => Run(id, signIn, writes: false, run));

    private GoogleOperation Writes(string name, string id, Func<Spreadsheet, StandInReply> run) => new(name, signIn => Run(id, signIn, writes: true, run));

    private StandInReply Run(string id, GoogleSignIn signIn, bool writes, Func<Spreadsheet, StandInReply> run)
    {
        if (quota.FindRefusal(signIn.Subject, writes) is { } over)
        {
            return over;
        }

        return !spreadsheets.TryGetValue(id, out var spreadsheet) ? GoogleReply.Newer(404, "NOT_FOUND", "Requested entity was not found.")
            : !spreadsheet.SharedWith.Contains(signIn.Subject) ? GoogleReply.Newer(403, "PERMISSION_DENIED", "The caller does not have permission")
            : run(spreadsheet);
    }

    private static string Before(string text, string end) => text[..^end.Length];
}

/// <summary>The <c>fields</c> of a request, as far as they are names, paths with dots and one level of brackets.</summary>
internal static class FieldMask
{
    public static JsonObject Apply(JsonObject whole, string? fields)
    {
        if (string.IsNullOrEmpty(fields) || fields == "*")
        {
            return whole;
        }

        // The names before the first dot, slash or bracket decide; what is below them comes whole.
        var names = new HashSet<string>(StringComparer.Ordinal);
        var depth = 0;
        var start = 0;
        for (var index = 0; index <= fields.Length; index++)
        {
            var sign = index == fields.Length ? ',' : fields[index];
            depth += sign switch { '(' => 1, ')' => -1, _ => 0 };
            if (sign == ',' && depth == 0)
            {
                names.Add(fields[start..index].Split('.', '/', '(')[0].Trim());
                start = index + 1;
            }
        }

        return new JsonObject(whole.Where(member => names.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }
}
