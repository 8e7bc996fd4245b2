namespace ConnectorHub.Gateway.Commands.Formats;

/// <summary>What changes between two texts, line by line, as <c>diff -u</c> shows it.</summary>
internal static class LineDiff
{
    private const int Around = 3;

    // Beyond this the table of the comparison would take too much memory: then one block goes and another comes.
    private const long Most = 4_000_000;

    public static IReadOnlyList<string> Of(string file, string before, string after)
    {
        var edits = Edits(Lines(before), Lines(after));
        var shown = new List<string> { $"--- {file}", $"+++ {file} (canonical)" };
        var (old, made) = (1, 1);
        for (var at = 0; at < edits.Count; at++)
        {
            if (IsNear(edits, at))
            {
                var end = at;
                while (end < edits.Count && IsNear(edits, end))
                {
                    end++;
                }

                var hunk = edits[at..end];
                shown.Add($"@@ -{old},{hunk.Count(edit => edit[0] != '+')} +{made},{hunk.Count(edit => edit[0] != '-')} @@");
                shown.AddRange(hunk);
                old += hunk.Count(edit => edit[0] != '+');
                made += hunk.Count(edit => edit[0] != '-');
                at = end - 1;
                continue;
            }

            old++;
            made++;
        }

        return shown;
    }

    private static bool IsNear(List<string> edits, int at)
    {
        var from = Math.Max(at - Around, 0);
        return edits[from..Math.Min(at + Around + 1, edits.Count)].Exists(edit => edit[0] != ' ');
    }

    /// <summary>Lines with their ends where these are not the usual ones, so that a change of ends shows.</summary>
    private static string[] Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\uFEFF", "\\uFEFF", StringComparison.Ordinal)).ToArray();
        return lines[^1].Length == 0 ? lines[..^1] : [.. lines[..^1], $"{lines[^1]}\\no newline"];
    }

    private static List<string> Edits(string[] old, string[] made)
    {
        var head = old.Zip(made).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = old[head..].Reverse().Zip(made[head..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var edits = old[..head].Select(line => $" {line}").ToList();
        edits.AddRange(Between(old[head..^tail], made[head..^tail]));
        edits.AddRange(old[^tail..].Select(line => $" {line}"));
        return edits;
    }

    private static List<string> Between(string[] old, string[] made)
    {
        if ((long)old.Length * made.Length > Most)
        {
            return [.. old.Select(line => $"-{line}"), .. made.Select(line => $"+{line}")];
        }

        var common = Common(old, made);
        var edits = new List<string>();
        var (i, j) = (0, 0);
        while (i < old.Length || j < made.Length)
        {
            if (i < old.Length && j < made.Length && old[i] == made[j])
            {
                edits.Add($" {old[i++]}");
                j++;
            }
            else if (j == made.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                edits.Add($"-{old[i++]}");
            }
            else
            {
                edits.Add($"+{made[j++]}");
            }
        }

        return edits;
    }

    /// <summary>How many lines the rest of both has in common, in order, from each pair of lines on.</summary>
    private static int[,] Common(string[] old, string[] made)
    {
        var common = new int[old.Length + 1, made.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = made.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == made[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
