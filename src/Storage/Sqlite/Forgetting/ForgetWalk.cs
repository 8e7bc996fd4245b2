using System.Runtime.CompilerServices;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite.Forgetting;

/// <summary>Walks through what is old: reads a page, then removes it in small transactions that stand in the same line as every other write.</summary>
internal sealed class ForgetWalk(ReaderPool readers, Writer writer)
{
    private const int KeysAtOnce = 300;

    public async IAsyncEnumerable<Forgotten> WalkAsync(KeptSince kept, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new OldPage([], string.Empty, false);
        while (!page.End)
        {
            page = await readers.ReadAsync((page.Last, kept), OldEvents.Page, cancellationToken);
            for (var next = 0; next < page.Ids.Count;)
            {
                Forgotten gone;
                (gone, next) = await writer.WriteAsync((page.Ids, next, kept), OldEvents.Drop, cancellationToken);
                yield return gone;
            }

            yield return Forgotten.Nothing;
        }

        foreach (var table in OldKeys.Tables)
        {
            for (var after = Place.First; after is not null;)
            {
                (var over, after) = await readers.ReadAsync((table, after, now), OldKeys.Page, cancellationToken);
                foreach (var few in over.Chunk(KeysAtOnce))
                {
                    yield return Forgotten.Nothing with { Keys = await writer.WriteAsync((table, few, now), OldKeys.Drop, cancellationToken) };
                }

                yield return Forgotten.Nothing;
            }
        }
    }
}
