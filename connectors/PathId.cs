using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors;

/// <summary>An id that becomes a part of an address. Anything but an id (nothing at all, <c>..</c>) would ask for something else.</summary>
internal static partial class PathId
{
    /// <summary>Why <paramref name="id"/> is none; null where it may be one.</summary>
    public static StepOutcome? Problem(string field, string id) => Id().IsMatch(id)
        ? null
        : StepOutcome.Fail(
            FailureKind.Rejected,
            "invalid_id",
            $"'{field}' is \"{Shown.Value(id)}\", which is not an id. "
            + "An id has only letters, digits and dashes, at most 100; take it from the event.");

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
