using System.Globalization;
using ConnectorHub.ScriptHost;
using ConnectorHub.ScriptHost.Confinement;
using ConnectorHub.ScriptHost.JavaScript;
using ConnectorHub.Scripting;

// scripthost [compile] <heap in MB>: asks on standard input, replies on standard output, one at a time, until the pipe closes.
// It evaluates scripts; with 'compile' it turns newer JavaScript into what the engine reads.
// scripthost prove <file> [open]: tries from inside what the cage holds back; open leaves the cage out, to show that the trials can succeed.

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();

var heap = 256ul;

if (args is [.., var asked] && ulong.TryParse(asked, CultureInfo.InvariantCulture, out var megabytes))
{
    // The runtimeconfig holds the ceiling; the pool's option lowers it.
    heap = megabytes;
    AppContext.SetData("GCHeapHardLimit", heap * 1024 * 1024);
    GC.RefreshMemoryLimit();
}

IAnswering answering = args is ["compile", ..] ? new Compiler() : new Evaluator();

// Before any thread is started: threads pass their bars on.
var cage = args is ["prove", _, "open"] ? new CageReport([]) : Cage.Enter(heap, answering.StackBytes);

if (args is ["prove", var file, ..])
{
    using var lines = new StreamWriter(output);
    Proof.Run(cage, file, lines);
    return;
}

var watchdog = new Watchdog(output);
var desk = new Desk(answering, watchdog, cage);
watchdog.Start();
desk.Start();
desk.ReadUntilClosed(input);

// The parent is gone or wants no more: a script that still runs has no reader, so nothing is worth waiting for.
watchdog.EndProcess();
