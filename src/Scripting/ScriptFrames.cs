using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ConnectorHub.Scripting;

// This file is compiled into the pool and into the script host: both ends of the pipe are written once.
// A frame is a 4-byte little-endian length and that many bytes.

/// <summary>What the pool asks of a script host. A check parses only; its names are empty. Lowered code may call the helpers of the lowering.</summary>
internal sealed record ScriptAsk(
    bool CheckOnly,
    bool IsLowered,
    string Code,
    string Hash,
    ReadOnlyMemory<byte> Names,
    long NowMilliseconds,
    string Zone,
    int CpuMilliseconds,
    int WallMilliseconds,
    int MaxOutputBytes)
{
    public void WriteTo(Stream stream)
    {
        var frame = new FrameWriter();
        frame.Byte(CheckOnly ? (byte)1 : (byte)0);
        frame.Byte(IsLowered ? (byte)1 : (byte)0);
        frame.Number(NowMilliseconds);
        frame.Number(CpuMilliseconds);
        frame.Number(WallMilliseconds);
        frame.Number(MaxOutputBytes);
        frame.Text(Zone);
        frame.Text(Hash);
        frame.Text(Code);
        frame.Bytes(Names.Span);
        frame.SendTo(stream);
    }

    /// <summary>The next ask, or null where the other end closed the pipe.</summary>
    public static ScriptAsk? ReadFrom(Stream stream)
    {
        if (FrameReader.Next(stream, int.MaxValue) is not { } frame)
            return null;
        var checkOnly = frame.Byte() == 1;
        var isLowered = frame.Byte() == 1;
        var now = frame.Number();
        var cpu = (int)frame.Number();
        var wall = (int)frame.Number();
        var maxOutput = (int)frame.Number();
        var zone = frame.Text();
        var hash = frame.Text();
        var code = frame.Text();
        return new ScriptAsk(checkOnly, isLowered, code, hash, frame.Bytes(), now, zone, cpu, wall, maxOutput);
    }
}

internal enum ReplyKind : byte
{
    /// <summary>The first reply. Its number is the edition of these frames: a host of another build is told at once.</summary>
    Ready = 102,
    Returned = 1,

    /// <summary>The code is not ES5: newer JavaScript, or none.</summary>
    NotRead,
    SyntaxError,
    Threw,
    NotJson,
    Refused,
    OverCpu,
    OverWall,
    OverMemory,
}

/// <summary>What a script host answers. The payload is JSON for <see cref="ReplyKind.Returned"/>, else a sentence in UTF-8.</summary>
internal sealed record ScriptReply(ReplyKind Kind, ReadOnlyMemory<byte> Payload, int Line = 0, int Column = 0)
{
    private const int MaxLogLines = 100;

    public ScriptReply(ReplyKind kind, string message, int line = 0, int column = 0)
        : this(kind, Encoding.UTF8.GetBytes(message), line, column)
    {
    }

    /// <summary>What the script said with <c>hub.log</c>.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    public string Message => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>After these the host ends itself: its evaluation cannot be stopped, or its heap is spent.</summary>
    public bool EndsHost => Kind is ReplyKind.OverCpu or ReplyKind.OverWall or ReplyKind.OverMemory;

    public void WriteTo(Stream stream)
    {
        var frame = new FrameWriter();
        frame.Byte((byte)Kind);
        frame.Number(Line);
        frame.Number(Column);
        frame.Bytes(Payload.Span);
        frame.Number(Log.Count);
        foreach (var line in Log)
            frame.Text(line);
        frame.SendTo(stream);
    }

    /// <summary>The next reply, or null where the host ended.</summary>
    /// <exception cref="InvalidDataException">The frame is longer than allowed.</exception>
    public static ScriptReply? ReadFrom(Stream stream, int maxBytes)
    {
        if (FrameReader.Next(stream, maxBytes) is not { } frame)
            return null;
        var kind = (ReplyKind)frame.Byte();
        var line = (int)frame.Number();
        var column = (int)frame.Number();
        var payload = frame.Bytes();
        var log = new string[Math.Clamp(frame.Number(), 0, MaxLogLines)];
        for (var i = 0; i < log.Length; i++)
            log[i] = frame.Text();
        return new ScriptReply(kind, payload, line, column) { Log = log };
    }
}

internal sealed class FrameWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public FrameWriter() => _buffer.Advance(Clear(4));

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length)));
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        _buffer.Write(bytes);
    }

    public void SendTo(Stream stream)
    {
        // One write a frame: the length is filled in last, into the room kept for it.
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory);
        BinaryPrimitives.WriteInt32LittleEndian(frame.Span, frame.Length - 4);
        stream.Write(frame.Span);
        stream.Flush();
    }

    private int Clear(int count)
    {
        _buffer.GetSpan(count)[..count].Clear();
        return count;
    }
}

internal sealed class FrameReader
{
    private readonly byte[] _frame;
    private int _position;

    private FrameReader(byte[] frame) => _frame = frame;

    public static FrameReader? Next(Stream stream, int maxBytes)
    {
        Span<byte> header = stackalloc byte[4];
        if (stream.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > maxBytes)
            throw new InvalidDataException($"A frame of {length} bytes is longer than {maxBytes}.");
        var frame = new byte[length];
        return stream.ReadAtLeast(frame, length, throwOnEndOfStream: false) < length ? null : new FrameReader(frame);
    }

    public byte Byte() => _frame[_position++];

    public long Number()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_frame.AsSpan(_position, 8));
        _position += 8;
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    public ReadOnlyMemory<byte> Bytes()
    {
        var length = checked((int)Number());
        var bytes = _frame.AsMemory(_position, length);
        _position += length;
        return bytes;
    }
}
