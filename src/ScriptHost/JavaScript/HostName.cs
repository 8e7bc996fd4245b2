using Jint.Parser.Ast;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>The names of the functions that <see cref="TreeRepair"/> calls and <see cref="Realm"/> defines.</summary>
internal static class HostName
{
    public const string Stack = "#stack";
    public const string Throwable = "#throwable";
    public const string Key = "#key";
    public const string Expression = "#regexp";
    public const string Delete = "#delete";
    public const string Ordered = "#ordered";
    public const string Plus = "#plus";
    public const string Not = "#not";
    public const string And = "#and";
    public const string Or = "#or";
    public const string ExclusiveOr = "#xor";
    public const string ShiftLeft = "#shl";
    public const string ShiftRight = "#shr";
    public const string ShiftRightUnsigned = "#ushr";

    public static string? Of(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.BitwiseAnd => And,
        BinaryOperator.BitwiseOr => Or,
        BinaryOperator.BitwiseXOr => ExclusiveOr,
        BinaryOperator.LeftShift => ShiftLeft,
        BinaryOperator.RightShift => ShiftRight,
        BinaryOperator.UnsignedRightShift => ShiftRightUnsigned,
        _ => null,
    };

    public static string? Of(AssignmentOperator @operator) => @operator switch
    {
        AssignmentOperator.BitwiseAndAssign => And,
        AssignmentOperator.BitwiseOrAssign => Or,
        AssignmentOperator.BitwiseXOrAssign => ExclusiveOr,
        AssignmentOperator.LeftShiftAssign => ShiftLeft,
        AssignmentOperator.RightShiftAssign => ShiftRight,
        AssignmentOperator.UnsignedRightShiftAssign => ShiftRightUnsigned,
        _ => null,
    };
}
