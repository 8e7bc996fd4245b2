using System.Text;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>What commands print in this process, kept apart for each test: tests run beside each other, and the console is one for all.</summary>
internal static class FlowingConsole
{
    private static readonly AsyncLocal<TextWriter?> Output = new();
    private static readonly AsyncLocal<TextWriter?> Error = new();

    private static bool _isIn;

    /// <summary>Runs it and answers what was printed on its way.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> ReadAsync(Func<Task<int>> command)
    {
        PutIn();
        using var output = new StringWriter();
        using var error = new StringWriter();
        // Flows into what is awaited here, and nowhere else.
        (Output.Value, Error.Value) = (output, error);
        var exitCode = await command();
        (Output.Value, Error.Value) = (null, null);
        return (exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    // At the first call and no sooner: the runner of the tests puts in a console of its own before.
    private static void PutIn()
    {
        lock (Output)
        {
            if (!_isIn)
            {
                Console.SetOut(new Switch(Console.Out, Output));
                Console.SetError(new Switch(Console.Error, Error));
                _isIn = true;
            }
        }
    }

    private sealed class Switch(TextWriter usual, AsyncLocal<TextWriter?> own) : TextWriter
    {
        public override Encoding Encoding => usual.Encoding;

        private TextWriter Now => own.Value ?? usual;

        public override void Write(char value) => Now.Write(value);

        public override void Write(char[] buffer, int index, int count) => Now.Write(buffer, index, count);

        public override void Write(string? value) => Now.Write(value);

        public override void Flush() => Now.Flush();
    }
}
