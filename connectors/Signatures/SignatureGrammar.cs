namespace ConnectorHub.Connectors.Signatures;

/// <summary>How a signature header is laid out. Closed.</summary>
internal abstract record SignatureGrammar
{
    // More than any sender lists during a rotation; it bounds the work a stranger can ask for.
    private const int MaxEntries = 16;

    private SignatureGrammar()
    {
    }

    /// <summary>The form, for a message.</summary>
    public abstract string Layout { get; }

    /// <summary>Takes a header apart; null where it is not laid out like this.</summary>
    public abstract SignatureEntries? Read(string header);

    /// <summary>Writes a header with one signature.</summary>
    public abstract string Write(string signature, string timestamp);

    /// <summary>One signature behind a fixed text, such as <c>sha256=</c>; the text may be empty.</summary>
    public sealed record Bare(string Prefix = "") : SignatureGrammar
    {
        public override string Layout => $"'{Prefix}signature'";

        public override SignatureEntries? Read(string header) =>
            header.StartsWith(Prefix, StringComparison.Ordinal) && header.Length > Prefix.Length ? new([header[Prefix.Length..]]) : null;

        public override string Write(string signature, string timestamp) => Prefix + signature;
    }

    /// <summary><c>version,signature</c> entries, separated by spaces. Entries of other versions are skipped.</summary>
    /// <param name="NotSupported">A version whose entries cannot be checked here; counted, so that the refusal can say so.</param>
    public sealed record Versions(string Version, string NotSupported) : SignatureGrammar
    {
        public override string Layout => $"'{Version},signature'";

        public override SignatureEntries? Read(string header)
        {
            var found = new List<string>();
            var notSupported = 0;
            var entries = header.Split(' ');
            foreach (var entry in entries)
            {
                var comma = entry.IndexOf(',', StringComparison.Ordinal);
                // A second comma is what a header sent twice looks like after it was joined.
                if (comma <= 0 || comma == entry.Length - 1 || entry.LastIndexOf(',') != comma)
                {
                    return null;
                }

                if (entry.AsSpan(0, comma).SequenceEqual(Version))
                {
                    found.Add(entry[(comma + 1)..]);
                }
                else if (entry.AsSpan(0, comma).SequenceEqual(NotSupported))
                {
                    notSupported++;
                }
            }

            return entries.Length <= MaxEntries ? new(found) { NotSupported = notSupported } : null;
        }

        public override string Write(string signature, string timestamp) => $"{Version},{signature}";
    }

    /// <summary><c>t=timestamp,v1=signature</c> pairs, separated by commas; the time once, signatures of that version once or more, others skipped.</summary>
    public sealed record Pairs(string Timestamp, string Version) : SignatureGrammar
    {
        public override string Layout => $"'{Timestamp}=timestamp,{Version}=signature'";

        public override SignatureEntries? Read(string header)
        {
            string? timestamp = null;
            var found = new List<string>();
            var entries = header.Split(',');
            foreach (var entry in entries)
            {
                var equals = entry.IndexOf('=', StringComparison.Ordinal);
                var name = equals <= 0 ? default : entry.AsSpan(0, equals);
                // A space is what a header sent twice looks like after it was joined.
                if (equals <= 0 || equals == entry.Length - 1 || name.Contains(' ') || (name.SequenceEqual(Timestamp) && timestamp is not null))
                {
                    return null;
                }

                if (name.SequenceEqual(Timestamp))
                {
                    timestamp = entry[(equals + 1)..];
                }
                else if (name.SequenceEqual(Version))
                {
                    found.Add(entry[(equals + 1)..]);
                }
            }

            return timestamp is not null && entries.Length <= MaxEntries ? new(found) { Timestamp = timestamp } : null;
        }

        public override string Write(string signature, string timestamp) => $"{Timestamp}={timestamp},{Version}={signature}";
    }

    /// <summary><c>timestamp,signature</c>.</summary>
    public sealed record TimestampFirst : SignatureGrammar
    {
        public override string Layout => "'timestamp,signature'";

        public override SignatureEntries? Read(string header)
        {
            var comma = header.IndexOf(',', StringComparison.Ordinal);
            return comma > 0 && comma < header.Length - 1 && header.LastIndexOf(',') == comma
                ? new([header[(comma + 1)..]]) { Timestamp = header[..comma] }
                : null;
        }

        public override string Write(string signature, string timestamp) => $"{timestamp},{signature}";
    }
}

/// <summary>What a signature header holds.</summary>
/// <param name="Signatures">Those of the version that counts.</param>
internal sealed record SignatureEntries(IReadOnlyList<string> Signatures)
{
    /// <summary>The time, where this header carries it.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Signatures of a version that cannot be checked here.</summary>
    public int NotSupported { get; init; }
}
