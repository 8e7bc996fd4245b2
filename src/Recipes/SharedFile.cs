using ConnectorHub.Recipes.Reading;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes;

/// <summary><c>shared.yaml</c>: read again when it changes; its last good content stays in use where it is broken.</summary>
internal sealed class SharedFile(string path, string shown, TimeProvider time)
{
    private FileMemory? _memory;

    /// <summary>Missing until it could be read once: then recipes are not judged by names that nobody could read.</summary>
    public Value Content { get; private set; } = Value.Missing;

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>True where the content or the findings changed.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path);
        if (_memory?.IsStill(stamp) == true)
        {
            return false;
        }

        var text = stamp is null ? new RecipeText.Read("") : await RecipeText.FromAsync(path, cancellationToken);
        var same = string.Equals(_memory?.Content, text.Identity, StringComparison.Ordinal);
        _memory = new FileMemory(stamp, text.Identity, text.Again, time.GetUtcNow());
        if (same)
        {
            return false;
        }

        var findings = new FindingList(shown);
        Content = Read(text, findings) ?? Content;
        Findings = findings.Sorted();
        return true;
    }

    private static Value? Read(RecipeText text, FindingList findings)
    {
        switch (text)
        {
            case RecipeText.Read read:
                return SharedReader.Read(read.Text.TrimStart('\uFEFF'), findings);
            case RecipeText.Unreadable unreadable:
                findings.Error(new(1, 1), unreadable.Code, unreadable.Message);
                return null;
            default:
                return null;
        }
    }
}
