using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ConnectorHub.Tests.Benchmarks.Floor;

/// <summary>The floor's inbox: one writer, one connection, group commit with synchronous=FULL.</summary>
internal sealed class FloorStore : IAsyncDisposable
{
    private const int MostRowsPerCommit = 256;

    private readonly Channel<Write> _writes = Channel.CreateBounded<Write>(4096);
    private readonly SqliteConnection _connection;
    private readonly Task _writer;

    public FloorStore(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "floor.db")}");
        _connection.Open();
        Execute(
            """
            pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=4000;
            create table if not exists inbox (id text primary key, received integer not null, body blob not null) without rowid;
            create table if not exists outcome (id text primary key, status integer not null, ts text not null, at integer not null) without rowid;
            """);
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>True once the event is durable; false where its id was there before.</summary>
    public async Task<bool> AcceptAsync(string id, byte[] body, long now) => await AddAsync(new Write(id, now, body, 0, ""));

    public async Task EndAsync(string id, int status, string ts, long now) => await AddAsync(new Write(id, now, null, status, ts));

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.Complete();
        await _writer;
        await _connection.DisposeAsync();
    }

    private async Task<bool> AddAsync(Write write)
    {
        await _writes.Writer.WriteAsync(write);
        return await write.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        using var accept = Command("insert into inbox values ($id, $at, $body) on conflict do nothing", "$id", "$at", "$body");
        using var end = Command("insert into outcome values ($id, $status, $ts, $at) on conflict do nothing", "$id", "$status", "$ts", "$at");
        var batch = new List<(Write Write, bool New)>(MostRowsPerCommit);
        while (await _writes.Reader.WaitToReadAsync())
        {
            Execute("begin immediate");
            while (batch.Count < MostRowsPerCommit && _writes.Reader.TryRead(out var write))
            {
                batch.Add((write, Put(accept, end, write)));
            }

            Execute("commit");
            foreach (var (write, isNew) in batch)
            {
                write.Done.SetResult(isNew);
            }

            batch.Clear();
        }
    }

    private static bool Put(SqliteCommand accept, SqliteCommand end, Write write)
    {
        var command = write.Body is null ? end : accept;
        command.Parameters["$id"].Value = write.Id;
        command.Parameters["$at"].Value = write.At;
        if (write.Body is { } body)
        {
            command.Parameters["$body"].Value = body;
        }
        else
        {
            command.Parameters["$status"].Value = write.Status;
            command.Parameters["$ts"].Value = write.Ts;
        }

        return command.ExecuteNonQuery() == 1;
    }

    private SqliteCommand Command(string sql, params string[] names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed record Write(string Id, long At, byte[]? Body, int Status, string Ts)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
