namespace ConnectorHub.ScriptHost.JavaScript.Patterns;

internal sealed partial class PatternMatcher
{
    private bool Back(Instruction now, ref int at)
    {
        var (begin, end) = (_groups[2 * now.A], _groups[(2 * now.A) + 1]);
        if (begin < 0 || end < 0)
            return true;
        var length = end - begin;
        var from = now.Flag ? at - length : at;
        if (from < 0 || from + length > _text.Length)
            return false;
        for (var i = 0; i < length; i++)
        {
            if (_text[begin + i] != _text[from + i] && (_casing == Casing.Kept || Case.Canonical(_text[begin + i], _casing) != Case.Canonical(_text[from + i], _casing)))
                return false;
        }

        at = now.Flag ? from : from + length;
        return true;
    }

    private bool IsPlace(Instruction now, int at) => now.Step switch
    {
        Step.Start => at == 0 || (_pattern.Flags.Multiline && IsLineEnd(_text[at - 1])),
        Step.End => at == _text.Length || (_pattern.Flags.Multiline && IsLineEnd(_text[at])),
        _ => (IsWord(at - 1) != IsWord(at)) != now.Flag,
    };

    private bool IsWord(int at) =>
        at >= 0 && at < _text.Length
        && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] == '_' || (_casing == Casing.Folded && _text[at] is '\u017F' or '\u212A'));

    private static bool IsLineEnd(char character) => character is '\n' or '\r' or '\u2028' or '\u2029';

    private int Read(ref int at)
    {
        var unit = _text[at++];
        if (!_unicode || !char.IsHighSurrogate(unit) || at >= _text.Length || !char.IsLowSurrogate(_text[at]))
            return unit;
        return char.ConvertToUtf32(unit, _text[at++]);
    }

    private int ReadBack(ref int at)
    {
        var unit = _text[--at];
        if (!_unicode || !char.IsLowSurrogate(unit) || at == 0 || !char.IsHighSurrogate(_text[at - 1]))
            return unit;
        return char.ConvertToUtf32(_text[--at], unit);
    }
}
