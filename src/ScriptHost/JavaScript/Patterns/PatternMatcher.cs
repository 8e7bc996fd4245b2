namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

/// <summary>
/// Looks for one match of a pattern. It goes back by a list of its own, so that a long text costs no stack, and counts its steps,
/// so that a hopeless pattern ends after the same work on every machine.
/// </summary>
internal sealed partial class PatternMatcher
{
    private const int MaxSteps = 4_000_000;
    private const int MaxTrail = 8_000_000;

    // What an entry of the trail means: a place to try next, or a value to put back.
    private const int UndoGroup = -1;
    private const int UndoRegister = -2;

    private readonly Pattern _pattern;
    private readonly string _text;
    private readonly bool _unicode;
    private readonly Casing _casing;
    private readonly int[] _groups;
    private readonly int[] _registers;
    private int[] _trail = new int[96];
    private int _trailed;
    private int _steps;

    private PatternMatcher(Pattern pattern, string text)
    {
        (_pattern, _text, _unicode) = (pattern, text, pattern.Flags.Unicode);
        _casing = !pattern.Flags.IgnoreCase ? Casing.Kept : _unicode ? Casing.Folded : Casing.Ignored;
        _groups = new int[2 * (pattern.Groups + 1)];
        _registers = new int[pattern.Registers];
    }

    /// <summary>The places of the match and its groups, begin and end each, -1 where a group found nothing; null where there is no match.</summary>
    /// <exception cref="PatternTooSlowException">It took too many steps.</exception>
    public static int[]? Find(Pattern pattern, string text, int from, bool sticky)
    {
        var matcher = new PatternMatcher(pattern, text);
        var last = pattern.IsAnchored ? 0 : text.Length;
        for (var at = from; at <= last; at++)
        {
            if (!sticky && pattern.First is { } first && (at = matcher.Skip(first, at)) > text.Length)
                return null;
            matcher._groups.AsSpan().Fill(-1);
            matcher._trailed = 0;
            if (matcher.Run(0, at) is var end and >= 0)
            {
                (matcher._groups[0], matcher._groups[1]) = (at, end);
                return matcher._groups;
            }

            if (sticky)
                return null;
            if (matcher._unicode && at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
                at++;
        }

        return null;
    }

    private int Skip(CharacterSet first, int at)
    {
        if (first.Single is >= 0 and <= char.MaxValue and var single)
        {
            var found = _text.AsSpan(at).IndexOf((char)single);
            return found < 0 ? _text.Length + 1 : at + found;
        }

        while (at < _text.Length)
        {
            var next = at;
            if (first.Contains(Read(ref next)))
                return at;
            at = next;
        }

        return _text.Length + 1;
    }

    // The end of the match, or -1.
    private int Run(int step, int at)
    {
        var bottom = _trailed;
        while (true)
        {
            if (++_steps > MaxSteps)
                throw new PatternTooSlowException();
            var now = _pattern.Steps[step];
            if (now.Step == Step.Found)
                return at;
            if (!Does(now, ref step, ref at) && !GoBack(bottom, ref step, ref at))
                return -1;
        }
    }

    private bool Does(Instruction now, ref int step, ref int at)
    {
        switch (now.Step)
        {
            case Step.One:
                step++;
                return now.Flag ? at > 0 && now.Set!.Contains(ReadBack(ref at)) : at < _text.Length && now.Set!.Contains(Read(ref at));
            case Step.Repeat:
                return Repeat(now, ref step, ref at);
            case Step.Split:
                Push(now.Target, at, 0);
                step++;
                return true;
            case Step.Jump:
                step = now.Target;
                return true;
            case Step.Save:
                Save(now.A, at);
                break;
            case Step.Forget:
                for (var group = now.A; group < now.B; group++)
                {
                    Save(2 * group, -1);
                    Save((2 * group) + 1, -1);
                }

                break;
            case Step.Set:
                Register(now.A, 0);
                break;
            case Step.Head:
                Head(now, ref step, at);
                return true;
            case Step.Tail:
                return Tail(now, ref step, at);
            case Step.Look:
                return Look(now, ref step, at);
            case Step.Back:
                step++;
                return Back(now, ref at);
            default:
                step++;
                return IsPlace(now, at);
        }

        step++;
        return true;
    }

    private void Head(Instruction now, ref int step, int at)
    {
        var count = _registers[now.A];
        var enter = step + 1;
        if (count >= now.C)
        {
            step = now.Target;
            return;
        }

        if (count >= now.B)
        {
            // Before the other way is kept: it must find where this turn began, too.
            Register(now.A + 1, at);
            Push(now.Flag ? now.Target : enter, at, 0);
            step = now.Flag ? enter : now.Target;
            return;
        }

        Register(now.A + 1, at);
        step = enter;
    }

    private bool Tail(Instruction now, ref int step, int at)
    {
        var count = _registers[now.A];
        // A turn that took nothing, and was not asked for, would go on for ever.
        if (count >= now.B && at == _registers[now.A + 1])
            return false;
        Register(now.A, count + 1);
        step = now.Target;
        return true;
    }

    private bool Repeat(Instruction now, ref int step, ref int at)
    {
        var (start, count) = (at, 0);
        var wanted = now.Flag ? now.B : now.A;
        var least = at;
        while (count < wanted && at < _text.Length)
        {
            var next = at;
            if (!now.Set!.Contains(Read(ref next)))
                break;
            at = next;
            if (++count == now.A)
                least = at;
        }

        _steps += count >> 4;
        if (count < now.A)
            return false;
        if (now.Flag && at > (now.A == 0 ? start : least))
            Push(step, at, (now.A == 0 ? start : least) + 1);
        else if (!now.Flag && count < now.B)
            Push(step, at, -1 - count);
        step++;
        return true;
    }

    // Gives one character back, or takes one more, where a repeat was entered before.
    private bool Again(Instruction now, int step, int extra, ref int at)
    {
        if (extra > 0)
        {
            ReadBack(ref at);
            if (at > extra - 1)
                Push(step, at, extra);
            return true;
        }

        var count = -1 - extra;
        if (at >= _text.Length || !now.Set!.Contains(Read(ref at)))
            return false;
        if (++count < now.B)
            Push(step, at, -1 - count);
        return true;
    }

    private bool GoBack(int bottom, ref int step, ref int at)
    {
        while (_trailed > bottom)
        {
            _trailed -= 3;
            var (kind, value, extra) = (_trail[_trailed], _trail[_trailed + 1], _trail[_trailed + 2]);
            if (kind == UndoGroup)
            {
                _groups[value] = extra;
            }
            else if (kind == UndoRegister)
            {
                _registers[value] = extra;
            }
            else
            {
                (step, at) = (kind, value);
                if (extra == 0)
                    return true;
                if (++_steps > MaxSteps)
                    throw new PatternTooSlowException();
                if (Again(_pattern.Steps[step], step, extra, ref at))
                {
                    step++;
                    return true;
                }
            }
        }

        return false;
    }

    private bool Look(Instruction now, ref int step, int at)
    {
        var bottom = _trailed;
        var before = (int[])_groups.Clone();
        var found = Run(step + 1, at) >= 0;
        // What was found within is not searched again; what it put into groups can still be undone.
        while (_trailed > bottom)
        {
            _trailed -= 3;
            if (_trail[_trailed] == UndoRegister)
                _registers[_trail[_trailed + 1]] = _trail[_trailed + 2];
        }

        var after = found && !now.Flag ? (int[])_groups.Clone() : before;
        before.CopyTo(_groups, 0);
        for (var i = 0; i < after.Length; i++)
        {
            if (after[i] != before[i])
                Save(i, after[i]);
        }

        step = now.Target;
        return found != now.Flag;
    }

    private void Save(int place, int value)
    {
        Push(UndoGroup, place, _groups[place]);
        _groups[place] = value;
    }

    private void Register(int place, int value)
    {
        Push(UndoRegister, place, _registers[place]);
        _registers[place] = value;
    }

    private void Push(int kind, int value, int extra)
    {
        if (_trailed + 3 > _trail.Length)
            Array.Resize(ref _trail, _trail.Length < MaxTrail ? _trail.Length * 2 : throw new PatternTooSlowException());
        (_trail[_trailed], _trail[_trailed + 1], _trail[_trailed + 2]) = (kind, value, extra);
        _trailed += 3;
    }
}
