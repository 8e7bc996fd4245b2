using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>The small tables.</summary>
internal static class AdminReads
{
    public static string? RecipeText(Session session, string hash)
    {
        using var query = session.Query("SELECT text FROM recipes WHERE hash = ?1");
        return query.Add(hash).Step() ? new Row(query, "recipe", hash).Text(0) : null;
    }

    public static IReadOnlyList<KeptRecipe> KeptRecipes(Session session, object? _) => All(
        session,
        "SELECT id, hash, text FROM kept_recipes JOIN recipes USING (hash) ORDER BY id",
        "the last good version of recipe",
        static row => new KeptRecipe(row.Text(0), row.Text(1), row.Text(2)));

    public static IReadOnlyList<ConnectionBlock> Blocks(Session session, object? _) => All(
        session,
        "SELECT connection, credential_version, code, message, since FROM connection_blocks ORDER BY connection",
        "the block of connection",
        static row => new ConnectionBlock(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Moment(4)));

    public static IReadOnlyList<TokenRow> Tokens(Session session, object? _) => All(
        session,
        "SELECT hash, name, created_at FROM tokens ORDER BY created_at, hash",
        "the admin token",
        static row => new TokenRow(row.Text(0), row.Text(1), row.Moment(2)));

    private static List<T> All<T>(Session session, string sql, string kind, Func<Row, T> read)
    {
        using var query = session.Query(sql);
        var all = new List<T>();
        while (query.Step())
        {
            all.Add(read(new Row(query, kind, new Row(query, kind, "").Text(0))));
        }

        return all;
    }
}
