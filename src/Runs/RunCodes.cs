namespace ConnectorHub.Runs;

/// <summary>Every CH3xxx (scripts) and CH5xxx (storage and runs) code. CODES.md explains each; a test holds the two and the sources together.</summary>
public static class RunCodes
{
    public const string ScriptSyntax = "CH3001";
    public const string ScriptThrew = "CH3002";
    public const string ScriptResult = "CH3003";
    public const string ScriptBudget = "CH3004";
    public const string ScriptHostDied = "CH3005";
    public const string ScriptsRest = "CH3006";
    public const string FolderInUse = "CH5001";
    public const string StoreTooNew = "CH5002";
    public const string StoreCannotCommit = "CH5003";
    public const string RowUnreadable = "CH5004";
    public const string WriteRefused = "CH5005";
    public const string RunKilledGateway = "CH5010";
    public const string MatchFault = "CH5011";
    public const string EventGone = "CH5012";
    public const string RecipeVersionGone = "CH5013";
    public const string MatchValue = "CH5014";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ScriptSyntax, ScriptThrew, ScriptResult, ScriptBudget, ScriptHostDied, ScriptsRest,
        FolderInUse, StoreTooNew, StoreCannotCommit, RowUnreadable, WriteRefused,
        RunKilledGateway, MatchFault, EventGone, RecipeVersionGone, MatchValue,
    ];
}
