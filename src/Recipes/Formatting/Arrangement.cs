namespace ConnectorHub.Recipes.Formatting;

/// <summary>Puts the keys of a recipe into their order; comments above a key go with it.</summary>
internal static class Arrangement
{
    private const string EditorLine = "# yaml-language-server:";

    /// <summary>Takes the comments that speak of the whole file away from its first key.</summary>
    public static IReadOnlyList<FormatComment> Header(FormatBlock file, KeyOrder? order)
    {
        var first = file.Entries[0];
        var lead = first.Lead;
        var length = lead.Count > 0 && first.BlankBefore ? lead.Count : lead.FindLastIndex(comment => comment.BlankBefore);
        if (length <= 0 && lead.Count > 0 && lead[0].Text.StartsWith(EditorLine, StringComparison.Ordinal) && Sorted(file, order)[0] != first)
        {
            length = 1;
        }

        if (length <= 0)
        {
            return [];
        }

        first.Lead = lead[length..];
        first.BlankBefore = false;
        if (first.Lead.Count > 0)
        {
            first.Lead[0] = first.Lead[0] with { BlankBefore = false };
        }

        return lead[..length];
    }

    public static void Arrange(FormatBlock block, KeyOrder? order)
    {
        // Where a block begins there is no empty line, whichever entry stands first then.
        block.Entries[0].BlankBefore &= block.Entries[0].Lead.Count > 0;
        foreach (var entry in block.Entries)
        {
            if (entry.Block is { } below)
            {
                Arrange(below, order?.Of(entry.Key?.Value));
                LiftComments(entry, below);
            }
        }

        block.Entries = Sorted(block, order);
    }

    private static List<FormatEntry> Sorted(FormatBlock block, KeyOrder? order) =>
        order is null || block.Entries[0].Key is null ? block.Entries : [.. order.Sort(block.Entries, entry => entry.Key!.Value)];

    /// <summary>An item's first key stands behind the dash, so what stood above that key stands above the dash.</summary>
    private static void LiftComments(FormatEntry entry, FormatBlock below)
    {
        var first = below.Entries[0];
        if (entry.Key is not null || entry.Owner is null || entry.Anchor.Length > 0 || entry.Behind is not null || first.Lead.Count == 0)
        {
            return;
        }

        entry.Lead.AddRange([first.Lead[0] with { BlankBefore = entry.BlankBefore }, .. first.Lead[1..]]);
        entry.BlankBefore = first.BlankBefore;
        first.Lead = [];
        first.BlankBefore = false;
    }
}
