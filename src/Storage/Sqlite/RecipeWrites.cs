using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Recipe texts, each stored once by its hash, and which of them is the last good one of its id.</summary>
internal static class RecipeWrites
{
    public static void KeepText(Session session, string hash, string text)
    {
        if (session.Recipes.Contains(hash))
        {
            return;
        }

        using var insert = session.Query("INSERT INTO recipes (hash, text) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING");
        insert.Add(hash).Add(text).Run();
        session.Recipes.Add(hash);
    }

    public static bool Keep(Session session, KeptRecipe recipe)
    {
        KeepText(session, recipe.Hash, recipe.Text);
        using var insert = session.Query(
            "INSERT INTO kept_recipes (id, hash) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET hash = excluded.hash");
        return insert.Add(recipe.Id).Add(recipe.Hash).Run() == 1;
    }

    public static bool Forget(Session session, string recipeId)
    {
        using var delete = session.Query("DELETE FROM kept_recipes WHERE id = ?1");
        return delete.Add(recipeId).Run() == 1;
    }
}
