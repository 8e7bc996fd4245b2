namespace ConnectorHub.Gateway.Settings;

/// <summary>"Did you mean": the candidate fewest edits away.</summary>
internal static class Nearest
{
    /// <summary>The closest candidate, or null where more than a third of the letters differ.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates.Where(candidate => candidate.Length <= 64).MinBy(candidate => Edits(word, candidate));
        return nearest is not null && word.Length <= 64 && Edits(word, nearest) <= Math.Max(1, word.Length / 3) ? nearest : null;
    }

    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= to.Length; j++)
            {
                var change = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
