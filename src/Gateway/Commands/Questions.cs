namespace ConnectorHub.Gateway.Commands;

/// <summary>Asks a person at the terminal.</summary>
internal sealed class Questions(TextReader input, TextWriter output)
{
    /// <summary>One of some names, by number or by name; null where the input ends.</summary>
    public string? Choice(string question, IReadOnlyList<string> names)
    {
        output.WriteLine(question);
        for (var at = 0; at < names.Count; at++)
        {
            output.WriteLine($"  {at + 1,3}  {names[at]}");
        }

        while (Text("Number or name:") is { } answer)
        {
            if (int.TryParse(answer, out var number) && number > 0 && number <= names.Count)
            {
                return names[number - 1];
            }

            if (names.Contains(answer))
            {
                return answer;
            }

            output.WriteLine($"'{Printer.Clean(answer)}' is not in the list. Type a number from 1 to {names.Count}, or a name.");
        }

        return null;
    }

    /// <summary>What a person types; null where the input ends.</summary>
    public string? Text(string question)
    {
        output.Write(question + " ");
        return input.ReadLine()?.Trim();
    }
}
