using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks;

/// <summary>The <c>--name value</c> pairs of a command line.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = [];

    public Options(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
            {
                throw new OptionException($"'{arguments[i]}' is not an option with a value; write --name value.");
            }

            _values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public string Text(string name) => Find(name) ?? throw new OptionException($"--{name} is missing.");

    public string Text(string name, string otherwise) => Find(name) ?? otherwise;

    public int Number(string name, int otherwise) =>
        Find(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new OptionException($"--{name} is '{text}'; it must be a whole number.");

    public double Rate(string name) =>
        Find(name) is not { } text ? 0
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate <= 1 ? rate
        : throw new OptionException($"--{name} is '{text}'; it must be between 0 and 1.");
}

/// <summary>A command line that cannot be understood.</summary>
internal sealed class OptionException(string message) : Exception(message);
