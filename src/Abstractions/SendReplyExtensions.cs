using System.Globalization;

namespace ConnectorHub.Abstractions;

/// <summary>What every connector reads from an answer in the same way.</summary>
public static class SendReplyExtensions
{
    /// <summary>
    /// How long the answer's <c>Retry-After</c> asks to wait, given as whole seconds or as an HTTP date (RFC 9110, 10.2.3);
    /// null where it is absent or neither. A date that has passed is zero. A huge wait is kept: the hub caps it.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="now">What a date is counted from: the answer's own <c>Date</c> header wins, since it is the same clock.</param>
    public static TimeSpan? RetryAfter(this SendReply.Answered answer, DateTimeOffset now)
    {
        var value = answer.Header("Retry-After")?.Trim();
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            // Nine digits are 31 years; more would only overflow.
            return TimeSpan.FromSeconds(value.Length > 9 ? 999_999_999 : int.Parse(value, CultureInfo.InvariantCulture));
        }

        if (!HttpDate.TryParse(value, out var until))
        {
            return null;
        }

        var from = HttpDate.TryParse(answer.Header("Date"), out var stated) ? stated : now;
        return until > from ? until - from : TimeSpan.Zero;
    }
}
