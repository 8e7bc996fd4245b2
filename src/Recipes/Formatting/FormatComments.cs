using ConnectorHub.Recipes.Reading;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>Finds the comments between the leaves of a file and gives each to the entry or the block it belongs to.</summary>
internal sealed class FormatComments(YamlText source, FormatReader read, FindingList findings)
{
    private readonly List<FormatComment> _found = [];

    /// <summary>What stands between the leaves and is neither comment nor known gives a finding.</summary>
    public void Place()
    {
        var from = 0;
        foreach (var leaf in read.Leaves)
        {
            if (!Gap(from, leaf.Start))
            {
                return;
            }

            from = Math.Max(from, leaf.End);
        }

        if (!Gap(from, source.Text.Length))
        {
            return;
        }

        var at = 0;
        foreach (var gap in _found.GroupBy(comment => at = LastBefore(comment.Index, at)).ToList())
        {
            var next = gap.Key + 1 < read.Entries.Count ? read.Entries[gap.Key + 1] : null;
            Give(gap, read.Entries[gap.Key], next);
        }
    }

    public static bool IsBlankAbove(YamlText source, int index)
    {
        var line = source.PlaceAt(index).Line;
        return line > 1 && string.IsNullOrWhiteSpace(source.Line(line - 1));
    }

    private int LastBefore(int index, int from)
    {
        while (from + 1 < read.Entries.Count && read.Entries[from + 1].Start < index)
        {
            from++;
        }

        return from;
    }

    private bool Gap(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            var letter = source.Text[at];
            if (letter == '#')
            {
                at = Comment(at) - 1;
            }
            else if (letter == '&')
            {
                at = source.Text.AsSpan(at).IndexOfAny(" \t\r\n") is var length and >= 0 ? at + length : to;
            }
            else if (!char.IsWhiteSpace(letter) && letter is not ('-' or ':'))
            {
                findings.Error(source.PlaceAt(at), FindingCodes.NotFormatted, $"fmt leaves this file alone: it does not know what '{letter}' does here. Write keys as 'key: value', without '?' and without directives.");
                return false;
            }
        }

        return true;
    }

    private int Comment(int at)
    {
        var place = source.PlaceAt(at);
        var line = source.Line(place.Line);
        var ownLine = string.IsNullOrWhiteSpace(line[..(place.Column - 1)]);
        _found.Add(new FormatComment(at, place.Column - 1, line[(place.Column - 1)..].TrimEnd(), ownLine, IsBlankAbove(source, at)));
        return at + line.Length - place.Column + 1;
    }

    /// <summary>Gives the comments between two entries away: a comment that stands further in than the next entry belongs to the block above it.</summary>
    private static void Give(IEnumerable<FormatComment> comments, FormatEntry last, FormatEntry? next)
    {
        var inner = last.Owner;
        var toNext = last.Block is not null;
        foreach (var comment in comments)
        {
            if (GiveTo(last, comment))
            {
                continue;
            }

            while (!toNext && inner is not null && inner != next?.Owner && inner.Column > comment.Column)
            {
                inner = inner.Owner.Owner;
            }

            toNext |= next is not null && (comment.Column <= next.Column || inner == next.Owner);
            if (toNext && next is not null)
            {
                next.Lead.Add(next.Lead.Count == 0 && next == next.Owner!.Entries[0] ? comment with { BlankBefore = false } : comment);
            }
            else
            {
                (inner ?? Root(last)).Trailing.Add(comment);
            }
        }
    }

    /// <summary>True where the comment belongs to the entry itself.</summary>
    private static bool GiveTo(FormatEntry last, FormatComment comment)
    {
        var beforeValue = last.Leaf is { } leaf && comment.Index < leaf.Start;
        var belowNothing = last.Leaf is { Kind: LeafKind.Empty } && comment.Column > last.Column;
        if (!comment.OwnLine && beforeValue)
        {
            last.BehindHead = comment;
        }
        else if (!comment.OwnLine)
        {
            last.Behind = comment;
        }
        else if (beforeValue || belowNothing)
        {
            last.Between.Add(comment);
        }

        return !comment.OwnLine || beforeValue || belowNothing;
    }

    private static FormatBlock Root(FormatEntry entry)
    {
        while (entry.Owner is { } owner)
        {
            if (owner.Owner.Owner is null)
            {
                return owner;
            }

            entry = owner.Owner;
        }

        return entry.Block!;
    }
}
