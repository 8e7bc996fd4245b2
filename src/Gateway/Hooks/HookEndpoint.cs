using System.Buffers;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Runs;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>The public listener: <c>POST /hooks/{connection}/{event}</c> and nothing else.</summary>
internal sealed class HookEndpoint(HookBook hooks, EventPath path, HookLedger ledger, OwnLook own, TimeProvider time)
{
    /// <summary>What a hook's address begins with.</summary>
    public const string Prefix = "/hooks/";

    // At Kestrel's lowest rate a body of 1 MB might take an hour; a sender that means it needs seconds.
    private static readonly TimeSpan BodyDeadline = TimeSpan.FromSeconds(10);

    private static readonly byte[] NotAccepted = "{\"error\":\"not accepted\"}"u8.ToArray();

    public Task InvokeAsync(HttpContext context)
    {
        var requestPath = context.Request.Path.Value ?? string.Empty;
        if (!requestPath.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return AnswerAsync(context, StatusCodes.Status404NotFound, "{\"error\":\"there is nothing here\"}"u8.ToArray());
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            own.Note(context.Request);
            context.Response.Headers.Allow = "POST";
            return AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "{\"error\":\"a hook takes POST\"}"u8.ToArray());
        }

        return ReceiveAsync(context, requestPath[Prefix.Length..], time.GetTimestamp());
    }

    private async Task ReceiveAsync(HttpContext context, string name, long arrived)
    {
        var hook = hooks.Find(name);
        var limit = hook?.Settings.MaxBody ?? HookBook.StandardMaxBody;
        var (body, outcome) = context.Request.ContentLength > limit
            ? (default, BodyOutcome.TooLarge)
            : await ReadBodyAsync(context, limit).ConfigureAwait(false);
        switch (outcome)
        {
            case BodyOutcome.TooLarge:
                Refused(name, hook, HookNoteKind.TooLarge, $"The body is over the limit of {limit} bytes (Hooks: MaxBody).", HookVisit.Of(context.Request));
                await TooLargeAsync(context, limit).ConfigureAwait(false);
                break;
            case BodyOutcome.TooSlow:
                Refused(name, hook, HookNoteKind.TooSlow, "The body took longer than 10 seconds.", HookVisit.Of(context.Request));
                await AnswerAsync(context, StatusCodes.Status408RequestTimeout, "{\"error\":\"the body took longer than 10 seconds\"}"u8.ToArray()).ConfigureAwait(false);
                break;
            case BodyOutcome.Gone:
                context.Abort();
                break;
            default:
                await ReceiveAsync(context, name, hook, body, arrived).ConfigureAwait(false);
                break;
        }
    }

    private async Task ReceiveAsync(HttpContext context, string name, Hook? hook, ReadOnlyMemory<byte> body, long arrived)
    {
        var visit = HookVisit.Of(context.Request, body);
        if (hook is null)
        {
            ledger.Refused(name, visit);
            await AnswerAsync(context, StatusCodes.Status401Unauthorized, NotAccepted).ConfigureAwait(false);
            return;
        }

        var token = context.Request.Query.TryGetValue("token", out var given) && given.Count == 1 ? given[0] : null;
        var request = new WebhookRequest(HeaderView.Of(context.Request.Headers), token, hook.Event.Length == 0 ? null : hook.Event, body)
        {
            Method = context.Request.Method,
            Url = hooks.PublicUrl is { } known ? known + context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget : null,
        };
        switch (await path.ReceiveAsync(hook, request, arrived, context.RequestAborted).ConfigureAwait(false))
        {
            case ReceiveAnswer.Accepted accepted:
                ledger.Accepted(hook, accepted.Events, visit);
                await AnswerAsync(context, StatusCodes.Status200OK, Receipt.Write(accepted.Events)).ConfigureAwait(false);
                HookInstruments.Answered(time.GetElapsedTime(arrived));
                break;
            case ReceiveAnswer.Handshake handshake:
                context.Response.ContentType = handshake.ContentType;
                context.Response.StatusCode = handshake.Status;
                await context.Response.Body.WriteAsync(handshake.Body, context.RequestAborted).ConfigureAwait(false);
                break;
            case ReceiveAnswer.NotVerified refused:
                ledger.Refused(hook, HookNoteKinds.Of(refused.Why), refused.Detail, visit);
                await AnswerAsync(context, StatusCodes.Status401Unauthorized, NotAccepted).ConfigureAwait(false);
                break;
            case ReceiveAnswer.NotJson bad:
                ledger.Refused(hook, HookNoteKind.NotJson, bad.Detail, visit);
                await AnswerAsync(context, StatusCodes.Status400BadRequest, Error(bad.Detail)).ConfigureAwait(false);
                break;
            case ReceiveAnswer.Busy busy:
                ledger.Refused(hook, HookNoteKind.StoreBusy, busy.Detail, visit);
                context.Response.Headers.RetryAfter = "5";
                await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, Error(busy.Detail)).ConfigureAwait(false);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Refused(string name, Hook? hook, HookNoteKind kind, string text, HookVisit visit)
    {
        if (hook is null)
        {
            ledger.Refused(name, visit);
        }
        else
        {
            ledger.Refused(hook, kind, text, visit);
        }
    }

    private static Task TooLargeAsync(HttpContext context, long limit)
        => AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, Error($"the body is over the limit of {limit} bytes"));

    private static byte[] Error(string detail)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("error", detail);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static Task AnswerAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static async Task<(ReadOnlyMemory<byte> Body, BodyOutcome Outcome)> ReadBodyAsync(HttpContext context, long limit)
    {
        var reader = context.Request.BodyReader;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(BodyDeadline);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(deadline.Token).ConfigureAwait(false);
                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.Start);
                    return (default, BodyOutcome.TooLarge);
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return (body, BodyOutcome.Whole);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException)
        {
            return (default, context.RequestAborted.IsCancellationRequested ? BodyOutcome.Gone : BodyOutcome.TooSlow);
        }
        catch (BadHttpRequestException exception)
        {
            return (default, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? BodyOutcome.TooLarge : BodyOutcome.Gone);
        }
        catch (IOException)
        {
            return (default, BodyOutcome.Gone);
        }
    }

    private enum BodyOutcome
    {
        Whole,
        TooLarge,
        TooSlow,
        Gone,
    }
}
