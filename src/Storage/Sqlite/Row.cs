using System.Text;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// The columns of the row a statement stands on. SQLite keeps any type in any column, so each is checked: a row that was damaged
/// or edited by hand is an error that names it, never a wrong value.
/// </summary>
internal readonly struct Row(Statement statement, string kind, string id)
{
    public string Text(int column) =>
        statement.IsText(column) ? Encoding.UTF8.GetString(statement.Bytes(column)) : throw Unreadable(column, "text");

    public string? TextOrNull(int column) => statement.IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) =>
        statement.IsBlob(column) ? statement.Bytes(column).ToArray() : throw Unreadable(column, "bytes");

    public long Integer(int column) =>
        statement.IsInteger(column) ? statement.Integer(column) : throw Unreadable(column, "an integer");

    public int Number(int column) =>
        Integer(column) is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Unreadable(column, "a smaller integer");

    public bool Flag(int column) => Integer(column) is 0 or 1 ? statement.Integer(column) == 1 : throw Unreadable(column, "0 or 1");

    public DateTimeOffset Moment(int column) =>
        Micros.CanBeMoment(Integer(column)) ? Micros.ToMoment(statement.Integer(column)) : throw Unreadable(column, "a moment");

    public DateTimeOffset? MomentOrNull(int column) => statement.IsNull(column) ? null : Moment(column);

    /// <summary>An enumeration whose members are numbered from 0 to <paramref name="last"/>.</summary>
    public int State(int column, int last) =>
        Integer(column) is >= 0 and var value && value <= last ? (int)value : throw Unreadable(column, $"a state from 0 to {last}");

    public InvalidDataException Unreadable(int column, string expected, Exception? inner = null) =>
        new(
            $"CH5004: {kind} '{id}' in the store cannot be read: its column {statement.NameOf(column)} does not hold {expected}. " +
            "The file was damaged or edited; restore that row from a backup.",
            inner);
}
