using System.Globalization;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Runs;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Puts a rehearsed event on a screen.</summary>
internal sealed class RehearsalPrinter(TextWriter output)
{
    private const int MostOfAnswer = 400;

    private readonly Printer _printer = new(output);

    public void Print(EventRehearsalAnswer answer)
    {
        var item = answer.Event;
        output.WriteLine($"{item.Id}  {Printer.Clean(item.Type)}  {item.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}  on {Printer.Clean(item.Hook)}");
        if (answer.Recipes.Count == 0)
        {
            output.WriteLine(answer.AsItWas ? "No recipe decided on this event." : "No recipe waits for this event.");
            return;
        }

        output.WriteLine("Rehearsed: nothing that writes was sent, and nothing was stored.");
        foreach (var recipe in answer.Recipes)
        {
            output.WriteLine();
            Recipe(recipe, answer.AsItWas);
        }

        output.WriteLine();
        output.WriteLine("once_per, order_by and too_late_after are not asked; a wait is passed over.");
    }

    private void Recipe(RehearsedRecipe recipe, bool asItWas)
    {
        var version = recipe.Hash.Length >= 6 ? $"@{recipe.Hash[..6]}" : string.Empty;
        output.WriteLine($"{recipe.Recipe}.yaml{version}, {(asItWas ? "as it was" : "as it is now")}");
        if (recipe.Skipped is { } why)
        {
            output.WriteLine($"  skipped: {Printer.Clean(why)}");
            return;
        }

        Steps(recipe.Steps);
        _printer.Log(recipe.Log);
        if (recipe.Steps.Count == 0 && recipe.Ended is null)
        {
            output.WriteLine("  nothing would be sent");
        }

        if (recipe.Ended is { } ended)
        {
            output.WriteLine($"  ends here: {Printer.Clean(ended)}");
        }

        if (recipe.OnError.Count > 0)
        {
            output.WriteLine("  on_error would then tell:");
            Steps(recipe.OnError);
        }
    }

    private void Steps(IReadOnlyList<RehearsedStep> steps)
    {
        foreach (var step in steps)
        {
            var where = step.Action is null ? string.Empty : $"  {step.Action}{(step.Connection is null ? string.Empty : $" on {step.Connection}")}";
            output.WriteLine($"  {step.Step}{where}");
            if (step.Note.Length > 0)
            {
                output.WriteLine($"    {Printer.Clean(step.Note)}");
            }

            if (step.Request is { } request)
            {
                _printer.Request(request, "    ");
            }

            if (step.Answer is { } answer)
            {
                var text = Printer.Clean(answer.GetRawText());
                output.WriteLine($"    answer {(text.Length > MostOfAnswer ? $"{text[..MostOfAnswer]}…" : text)}");
            }
        }
    }
}
