using System.Globalization;
using ConnectorHub.ScriptHost;
using ConnectorHub.ScriptHost.JavaScript;

// scripthost [compile] <heap in MB>: asks on standard input, replies on standard output, one at a time, until the pipe closes.
// It evaluates scripts; with 'compile' it turns newer JavaScript into what the engine reads.

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();

if (args is [.., var heap] && ulong.TryParse(heap, CultureInfo.InvariantCulture, out var megabytes))
{
    // The runtimeconfig holds the ceiling; the pool's option lowers it.
    AppContext.SetData("GCHeapHardLimit", megabytes * 1024 * 1024);
    GC.RefreshMemoryLimit();
}

var watchdog = new Watchdog(output);
IAnswering answering = args is ["compile", ..] ? new Compiler() : new Evaluator();
var desk = new Desk(answering, watchdog);
watchdog.Start();
desk.Start();
desk.ReadUntilClosed(input);

// The parent is gone or wants no more: a script that still runs has no reader, so nothing is worth waiting for.
watchdog.EndProcess();
