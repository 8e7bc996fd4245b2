using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Formatting;

namespace ConnectorHub.Gateway.Commands.Formats;

/// <summary>One call of <c>fmt</c>: what it does to each file.</summary>
internal sealed class FormatRun(bool check, bool diff)
{
    /// <summary>True where something was left alone, or where <c>--check</c> names something.</summary>
    public bool Fails(IEnumerable<FormattedFile> files) => files.Any(file => file.State == FormState.LeftAlone || (check && file.State == FormState.NotCanonical));

    public async Task<FormattedFile> FormatAsync(FileToFormat file, CancellationToken cancellationToken)
    {
        var result = await RecipeFormat.FileAsync(file.Path, file.Shown, file.IsShared, cancellationToken).ConfigureAwait(false);
        var looked = Look(file.Shown, result);
        if (looked.State != FormState.NotCanonical || check || diff)
        {
            return looked;
        }

        return await ReplaceAsync(file.Path, ((FormatResult.Formatted)result).Text, cancellationToken).ConfigureAwait(false) is { } trouble
            ? looked with { State = FormState.LeftAlone, Findings = [new Finding(file.Shown, 1, 1, Severity.Error, FindingCodes.Unreadable, $"the file cannot be written: {trouble}")] }
            : looked with { State = FormState.Formatted };
    }

    /// <summary>How a text stands that has been read; nothing is written.</summary>
    public FormattedFile Look(string shown, FormatResult result) => result switch
    {
        FormatResult.LeftAlone alone => new FormattedFile(shown, FormState.LeftAlone, [], alone.Findings),
        FormatResult.Formatted { Changed: true } formatted => new FormattedFile(shown, FormState.NotCanonical, diff ? LineDiff.Of(shown, formatted.Before, formatted.Text) : [], []),
        _ => new FormattedFile(shown, FormState.Canonical, [], []),
    };

    /// <summary>Beside it and then in its place, so that nobody ever reads half a recipe. Null where it went well.</summary>
    private static async Task<string?> ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        // A link stays a link.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        // Names that begin with a dot are no recipes.
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.fmt");
        try
        {
            await File.WriteAllTextAsync(beside, text, cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            }

            File.Move(beside, target, overwrite: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            return failure.Message;
        }
    }
}
