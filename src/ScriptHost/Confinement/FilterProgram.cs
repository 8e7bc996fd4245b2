using System.Runtime.InteropServices;

namespace ConnectorHub.ScriptHost.Confinement;

/// <summary>One instruction of the kernel's packet filter machine.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterStep(ushort Code, byte IfTrue, byte IfFalse, uint Value);

/// <summary>
/// The filter in front of every system call: a list of what may be asked, some of it only with harmless arguments.
/// What is not on the list is refused as not permitted, so a call that a later kernel invents is refused too.
/// </summary>
internal static class FilterProgram
{
    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7FFF0000;
    private const uint KillProcess = 0x80000000;
    private const uint Refuse = 0x00050000 | Libc.OperationNotPermitted;
    private const uint NoSuchCall = 0x00050000 | Libc.NoSuchCall;

    // Where the kernel puts what is being asked.
    private const uint NumberAt = 0;
    private const uint ProcessorAt = 4;
    private const uint FirstArgumentAt = 16;

    private const uint FirstOfOtherTable = 0x40000000;

    // O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the bit of O_TMPFILE that is not O_DIRECTORY.
    private const uint Writing = 0x1 | 0x2 | 0x40 | 0x200 | 0x400 | 0x400000;
    private const uint SameProcess = 0x00010000;

    private static readonly uint[] ThreadNames = [15, 16, 0x53564D41];
    private static readonly uint[] TerminalQuestions = [0x5401, 0x5413, 0x541B];
    private static readonly uint[] DescriptorQuestions = [0, 1, 2, 3, 4, 1030];

    public static FilterStep[] For(SystemCalls calls, uint processId)
    {
        List<FilterStep> steps =
        [
            new(Load, 0, 0, ProcessorAt),
            new(JumpIfEqual, 1, 0, calls.Audit),
            new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, NumberAt),
            new(JumpIfAtLeast, 0, 1, FirstOfOtherTable),
            new(Return, 0, 0, KillProcess),
        ];
        foreach (var number in calls.Harmless)
            On(steps, number, [new(Return, 0, 0, Allow)]);
        On(steps, calls.OpenAt, WithoutBits(2, Writing));
        if (calls.Open is { } open)
            On(steps, open, WithoutBits(1, Writing));
        On(steps, calls.StartThread, WithBit(0, SameProcess));
        // Its flags lie in memory, where a filter cannot read. The C library falls back to the older call.
        On(steps, SystemCalls.Clone3, [new(Return, 0, 0, NoSuchCall)]);
        On(steps, calls.Kill, OneOf(0, [processId]));
        On(steps, calls.SignalThread, OneOf(0, [processId]));
        On(steps, calls.ProcessControl, OneOf(0, ThreadNames));
        On(steps, calls.DeviceControl, OneOf(1, TerminalQuestions));
        On(steps, calls.DescriptorControl, OneOf(1, DescriptorQuestions));
        // Limits may be read, not set.
        On(steps, calls.Limits, IsNull(2));
        steps.Add(new(Return, 0, 0, Refuse));
        return [.. steps];
    }

    private static void On(List<FilterStep> steps, uint number, FilterStep[] then)
    {
        steps.Add(new(JumpIfEqual, 0, (byte)then.Length, number));
        steps.AddRange(then);
    }

    private static FilterStep[] WithoutBits(uint argument, uint bits) =>
        [Argument(argument), new(JumpIfAnyBit, 0, 1, bits), new(Return, 0, 0, Refuse), new(Return, 0, 0, Allow)];

    private static FilterStep[] WithBit(uint argument, uint bit) =>
        [Argument(argument), new(JumpIfAnyBit, 0, 1, bit), new(Return, 0, 0, Allow), new(Return, 0, 0, Refuse)];

    private static FilterStep[] OneOf(uint argument, uint[] values) =>
    [
        Argument(argument),
        .. values.SelectMany(value => new FilterStep[] { new(JumpIfEqual, 0, 1, value), new(Return, 0, 0, Allow) }),
        new(Return, 0, 0, Refuse),
    ];

    private static FilterStep[] IsNull(uint argument) =>
    [
        Argument(argument),
        new(JumpIfEqual, 1, 0, 0),
        new(Return, 0, 0, Refuse),
        new(Load, 0, 0, FirstArgumentAt + (argument * 8) + 4),
        new(JumpIfEqual, 1, 0, 0),
        new(Return, 0, 0, Refuse),
        new(Return, 0, 0, Allow),
    ];

    // The lower half: both kinds of processor keep it first, and the kernel reads no more of these arguments.
    private static FilterStep Argument(uint argument) => new(Load, 0, 0, FirstArgumentAt + (argument * 8));
}
