namespace ConnectorHub.Values;

/// <summary>"Did you mean": the candidate that a slip of the keyboard makes out of a word.</summary>
public static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The closest candidate, or null where none is close: at most a third of the letters may differ.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            // Words that differ in length by this much cannot be nearer.
            if (Math.Abs(candidate.Length - word.Length) < bestDistance && Distance(word, candidate) is var distance && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    // Optimal string alignment: insert, delete, change, and swap of two neighbours count one each; case counts nothing.
    private static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var above = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            above[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var change = Alike(left[line - 1], right[column - 1]) ? 0 : 1;
                row[column] = Math.Min(Math.Min(row[column - 1], above[column]) + 1, above[column - 1] + change);
                if (line > 1 && column > 1 && Alike(left[line - 1], right[column - 2]) && Alike(left[line - 2], right[column - 1]))
                {
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }

    private static bool Alike(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
