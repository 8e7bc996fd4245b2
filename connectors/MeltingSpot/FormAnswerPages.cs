using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>One question and what was answered.</summary>
internal sealed record FormAnswer(string Question, string Answer);

/// <summary>
/// The pages of a member's form answers so far. No document shows an item: its names are taken from the API's other lists and from the
/// filter on the question's label, and more than one of them is understood.
/// </summary>
internal sealed class FormAnswerPages
{
    private static readonly string[] QuestionNames = ["questionLabel", "question", "customFormQuestionLabel", "label"];
    private static readonly string[] AnswerNames = ["answer", "value", "answers", "values"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<FormAnswer> _answers = [];

    /// <summary>What was answered, in the order of the pages.</summary>
    public IReadOnlyList<FormAnswer> Answers => _answers;

    /// <summary>True where no page is left.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes a page; answers what is wrong with it, or null.</summary>
    /// <param name="number">What it was asked for as; null for the first, which page 1 may be once more.</param>
    public StepOutcome? Add(JsonElement page, int? number)
    {
        if (UntrustedJson.Member(page, "items") is not { ValueKind: JsonValueKind.Array } items)
        {
            return MeltingSpotApi.Incomplete("items");
        }

        var known = _seen.Count;
        foreach (var item in items.EnumerateArray().Where(item => _seen.Add(BodyValues.Id(item, "id") ?? item.GetRawText())))
        {
            if (ReadItem(item) is not { } answer)
            {
                return MeltingSpotApi.Unexpected("MeltingSpot's form answers look different from what this action understands: one has no question or no answer it can find.");
            }

            _answers.Add(answer);
        }

        var hasNothingNew = number > 1 && _seen.Count == known;
        IsComplete = items.GetArrayLength() == 0 || hasNothingNew || _seen.Count >= BodyValues.Whole(page, "total");
        return null;
    }

    private static FormAnswer? ReadItem(JsonElement item)
    {
        var question = QuestionNames.Select(name => Label(UntrustedJson.Member(item, name))).FirstOrDefault(text => text is not null);
        var answer = AnswerNames.Select(name => UntrustedJson.Member(item, name)).FirstOrDefault(value => value is not null);
        return question is not null && answer is { } given ? new FormAnswer(question, Text(given)) : null;
    }

    private static string? Label(JsonElement? value) => value is { } given ? BodyValues.Text(given) ?? BodyValues.Text(given, "label") : null;

    // Several choices are one text; a question that was left out is an empty one.
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Label(value) ?? string.Empty,
    };
}
