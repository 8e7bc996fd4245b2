using ConnectorHub.Recipes.Expressions;

namespace ConnectorHub.Recipes;

/// <summary>Every code a check of recipes gives. <c>FINDINGS.md</c> has one heading for each.</summary>
public static class FindingCodes
{
    public const string UnknownKey = "CH2001";
    public const string MissingKey = "CH2002";
    public const string WrongType = "CH2003";
    public const string UnknownAction = "CH2004";
    public const string UnknownEvent = "CH2005";
    public const string DuplicateKey = "CH2006";
    public const string NotYaml = "CH2007";
    public const string TooLarge = "CH2008";
    public const string UnquotedPlaceholder = "CH2009";
    public const string DoubleQuotesInside = "CH2010";
    public const string CutByComment = "CH2011";
    public const string ConditionIsMap = "CH2012";
    public const string ConditionsInFlowList = "CH2013";
    public const string BadExpression = "CH2014";
    public const string BadCondition = "CH2015";
    public const string NotInScope = "CH2016";
    public const string NoSuchPath = "CH2017";
    public const string FilterFailsOnSample = "CH2018";
    public const string NoZone = "CH2019";
    public const string DuplicateId = "CH2020";
    public const string UnknownField = "CH2021";
    public const string MissingField = "CH2022";
    public const string WrongField = "CH2023";
    public const string BadScript = "CH2024";
    public const string PlaceholderInScript = "CH2025";
    public const string RawText = "CH2026";
    public const string SecretInRecipe = "CH2027";
    public const string BadDuration = "CH2028";
    public const string BadTest = "CH2029";
    public const string Unreadable = "CH2030";
    public const string BadVersion = "CH2031";
    public const string UnknownZone = "CH2032";
    public const string YamlNotTaken = "CH2033";
    public const string BadName = "CH2034";

    public const string BadSchedule = "CH2040";
    public const string NeverFires = "CH2041";
    public const string UnevenDay = "CH2042";
    public const string TwoKindsOfDay = "CH2043";
    public const string NeverHolds = "CH2045";
    public const string OutlivesRun = "CH2046";
    public const string ClockChange = "CH2047";
    public const string OtherKind = "CH2048";
    public const string SometimesMissing = "CH2049";

    /// <summary>Only of <c>fmt</c>.</summary>
    public const string NotFormatted = "CH2060";

    /// <summary>Only in a run: no check can tell what a platform will send.</summary>
    public const string FilterFailed = EvaluationFailure.FilterFailed;

    /// <summary>Only in a run.</summary>
    public const string ScriptNotHere = EvaluationFailure.ScriptNotHere;

    /// <summary>Only in a run.</summary>
    public const string TooHeavy = EvaluationFailure.TooHeavy;

    public const string NotReady = "CH4101";
    public const string WhichConnection = "CH4102";

    /// <summary>Code and title, in order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
    [
        new(UnknownKey, "Unknown key"),
        new(MissingKey, "Missing key"),
        new(WrongType, "Wrong type"),
        new(UnknownAction, "Unknown connector or action"),
        new(UnknownEvent, "Unknown source or event"),
        new(DuplicateKey, "Key given twice"),
        new(NotYaml, "Not YAML"),
        new(TooLarge, "Too large"),
        new(UnquotedPlaceholder, "Placeholder without quotes"),
        new(DoubleQuotesInside, "Double quotes inside a placeholder"),
        new(CutByComment, "Value cut by a comment"),
        new(ConditionIsMap, "Condition that became a map"),
        new(ConditionsInFlowList, "Conditions in square brackets"),
        new(BadExpression, "Placeholder that cannot be read"),
        new(BadCondition, "Condition that cannot be read"),
        new(NotInScope, "Name not known at this place"),
        new(NoSuchPath, "Path that does not exist"),
        new(FilterFailsOnSample, "Filter that fails on the sample"),
        new(NoZone, "Date without a zone"),
        new(DuplicateId, "Name used twice"),
        new(UnknownField, "Unknown field"),
        new(MissingField, "Missing field"),
        new(WrongField, "Wrong value for a field"),
        new(BadScript, "Script that cannot be read"),
        new(PlaceholderInScript, "Placeholder inside a script"),
        new(RawText, "Text that is not escaped"),
        new(SecretInRecipe, "Secret in a recipe"),
        new(BadDuration, "Wrong duration"),
        new(BadTest, "Test that cannot be run"),
        new(Unreadable, "File that cannot be read"),
        new(BadVersion, "Unknown version"),
        new(UnknownZone, "Unknown zone"),
        new(YamlNotTaken, "YAML that recipes do not use"),
        new(BadName, "Wrong name"),
        new(BadSchedule, "Schedule that cannot be read"),
        new(NeverFires, "Schedule that never fires"),
        new(UnevenDay, "Step that does not fill a day"),
        new(TwoKindsOfDay, "Two kinds of days in one schedule"),
        new(NeverHolds, "Condition that never holds, or always"),
        new(OutlivesRun, "Plan longer than a run lives"),
        new(ClockChange, "Time at which clocks change"),
        new(OtherKind, "Value of another kind"),
        new(SometimesMissing, "Value that only some events have"),
        new(FilterFailed, "Filter that failed in a run"),
        new(ScriptNotHere, "Script where none may run"),
        new(TooHeavy, "Value that is too large"),
        new(NotFormatted, "File that is not put into form"),
        new(NotReady, "Connection that is not set up"),
        new(WhichConnection, "Connection that does not fit"),
    ];
}
