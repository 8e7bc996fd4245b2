using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace ConnectorHub.Gateway.Commands;

/// <summary>
/// The admin API over the socket in the data folder. Where no gateway runs, a quiet one is started for the question: it takes the lock and
/// opens the store, but receives nothing and works on nothing.
/// </summary>
internal sealed class AdminClient : IAsyncDisposable
{
    /// <summary>How the admin API writes JSON.</summary>
    public static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The same, a line each: for commands that go on saying something.</summary>
    public static readonly JsonSerializerOptions Lines = new(Readable) { WriteIndented = false };

    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly WebApplication? _quiet;

    private AdminClient(string socket, WebApplication? quiet)
    {
        _quiet = quiet;
        _handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = (_, token) => ConnectAsync(socket, token) };
        _http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = new Uri("http://connectorhub") };
        _http.DefaultRequestHeaders.TryAddWithoutValidation(ActorFeature.Header, Caller.Name());
    }

    /// <summary>True where a gateway runs that receives; false where the quiet one answers.</summary>
    public bool Serving => _quiet is null;

    public static async Task<AdminClient> OpenAsync(HubSetup setup, CancellationToken cancellationToken)
    {
        var socket = setup.Socket;
        if (File.Exists(socket) && await AnswersAsync(socket, cancellationToken).ConfigureAwait(false))
        {
            return new AdminClient(socket, null);
        }

        var quiet = await GatewayHost.BuildAsync(setup, GatewayRole.Quiet, null, cancellationToken).ConfigureAwait(false);
        await quiet.StartAsync(cancellationToken).ConfigureAwait(false);
        return new AdminClient(socket, quiet);
    }

    /// <summary>Asks; null for 404.</summary>
    public async Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Acts; null for 404.</summary>
    public async Task<T?> PostAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), null, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Acts with a body; null for 404.</summary>
    public async Task<T?> PostAsync<T>(string path, object body, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Readable, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _handler.Dispose();
        if (_quiet is not null)
        {
            await _quiet.StopAsync().ConfigureAwait(false);
            await _quiet.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new CommandFailedException(Refusal(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)));
        }

        return await response.Content.ReadFromJsonAsync<T>(Readable, cancellationToken).ConfigureAwait(false);
    }

    // What stands before the controllers answers without a body, such as a server that finds the address too long.
    private static string Refusal(HttpStatusCode status, string body)
    {
        var problem = Problem(body);
        return (status, problem?.Detail) switch
        {
            (HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge, _) => "What was asked for is too long. Write a shorter text.",
            (HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable, { } why) => why,
            _ => $"The gateway answered {(int)status}: {problem?.Detail ?? problem?.Title ?? "its log says more"}",
        };
    }

    private static ProblemDetails? Problem(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemDetails>(body, Readable);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A socket file without a listener is what a killed gateway leaves behind.
    private static async Task<bool> AnswersAsync(string socket, CancellationToken cancellationToken)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string socket, CancellationToken cancellationToken)
    {
        Socket? connection = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(connection, ownsSocket: true);
            connection = null;
            return stream;
        }
        finally
        {
            connection?.Dispose();
        }
    }
}

/// <summary>A command could not do its work; the message is for the person at the terminal.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
