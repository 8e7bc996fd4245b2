using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>The value of once_per or order_by for one event.</summary>
/// <param name="Text">Null where nothing was found: then the event is not held to it.</param>
/// <param name="Failure">Why it cannot be computed; null where it can.</param>
internal readonly record struct EventKey(string? Text, string? Failure)
{
    public static EventKey Of(Template key, Scope scope, DateTimeZone? zone)
    {
        // A missing value inside a longer text leaves a warning, and the key would be the same for strangers.
        var missing = new List<string>();
        var result = key.Evaluate(scope, zone, missing);
        if (result.Failure is { } failure)
        {
            return new EventKey(null, failure.Message);
        }

        return result.Value.IsMissingOrNull || missing.Count > 0 ? default : new EventKey(result.Value.ToText(), null);
    }
}
