using Microsoft.Data.Sqlite;

namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>Looks into a program's database from outside, read-only, also while the program runs.</summary>
internal static class SqliteFile
{
    public static long Count(string file, string sql) => Rows(file, sql, row => row.GetInt64(0)).Single();

    public static IReadOnlyList<T> Rows<T>(string file, string sql, Func<SqliteDataReader, T> read)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
