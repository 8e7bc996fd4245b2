using ConnectorHub.Abstractions;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Which names an expression at one place of a recipe may read.</summary>
/// <param name="Place">As a message names it: <c>the top 'if'</c>.</param>
/// <param name="Early">True before a run exists: nothing that needs a script is known yet.</param>
/// <param name="Lets">Every top value of the recipe by name.</param>
/// <param name="BeforeLine">Only top values set above this line; null: all of them.</param>
/// <param name="Steps">The steps above, by id; null where steps are not known at all.</param>
internal sealed record Sight(
    string Place,
    bool Early,
    IReadOnlyDictionary<string, LetName> Lets,
    int? BeforeLine,
    IReadOnlyDictionary<string, SeenStep>? Steps)
{
    /// <summary>Ids of all steps of the recipe, so that a step further down is told from one that is not there.</summary>
    public IReadOnlySet<string> AllSteps { get; init; } = EmptySet;

    /// <summary>Names of top values that are set below this place.</summary>
    public IReadOnlySet<string> LaterLets { get; init; } = EmptySet;

    public bool Sees(LetName let) => (!Early || !let.NeedsScript) && (BeforeLine is null || let.Line < BeforeLine);

    /// <summary>The names that may stand first in a path.</summary>
    public IEnumerable<string> Roots =>
    [
        "event", "meta", "shared",
        .. Steps is null ? Array.Empty<string>() : ["steps"],
        .. Lets.Values.Where(Sees).Select(let => let.Name),
    ];

    private static readonly HashSet<string> EmptySet = [];
}

/// <summary>A top value as others see it.</summary>
/// <param name="NeedsScript">It is a script or recalls something, or reads one that does: only a run can tell it.</param>
/// <param name="Recalls">It is what an earlier run made.</param>
internal sealed record LetName(string Name, int Line, bool NeedsScript, bool Recalls = false);

/// <summary>A step as later ones see it.</summary>
/// <param name="Outputs">Empty where its action is not known or answers what it likes.</param>
internal sealed record SeenStep(string Id, IReadOnlyList<Field> Inputs, IReadOnlyList<Field> Outputs)
{
    /// <summary>It is done for each item of a list.</summary>
    public bool PerItem { get; init; }

    /// <summary>It stands in <c>on_error</c>.</summary>
    public bool OfNotice { get; init; }
}
