using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Canaries;

/// <summary>How <see cref="EchoTarget"/> answers.</summary>
internal enum EchoMood
{
    /// <summary>200 with a JSON object that is good enough for most, and holds the request.</summary>
    Fine,

    /// <summary>500 with the request's address, headers and body.</summary>
    Echo,

    /// <summary>The connection breaks after the request was read.</summary>
    Cut,

    /// <summary>401 with the same as 500.</summary>
    Refuse,
}

/// <summary>A target that tells all it was sent back to the sender, as debug pages do. Tokens are asked for at <c>…/token</c>.</summary>
internal sealed class EchoTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _token;
    private readonly StringBuilder _heard = new();

    private EchoTarget(WebApplication app, string token) => (_app, _token) = (app, token);

    public EchoMood Mood { get; set; }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>All that came in: what must not be found elsewhere must have been here.</summary>
    public string Heard
    {
        get
        {
            lock (_heard)
            {
                return _heard.ToString();
            }
        }
    }

    public static async Task<EchoTarget> StartAsync(string token)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var target = new EchoTarget(app, token);
        app.Run(target.AnswerAsync);
        await app.StartAsync();
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        var said = $"{context.Request.Path}{context.Request.QueryString}\n{headers}\n{body}";
        lock (_heard)
        {
            _heard.AppendLine(said);
        }

        var asksForToken = context.Request.Path.Value!.EndsWith("/token", StringComparison.Ordinal);
        switch (Mood)
        {
            case EchoMood.Cut:
                context.Abort();
                break;
            case EchoMood.Fine:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(asksForToken ? JsonSerializer.Serialize(new { access_token = _token, token_type = "Bearer", expires_in = 3600 }) : Good(said));
                break;
            default:
                context.Response.StatusCode = Mood == EchoMood.Echo ? 500 : 401;
                context.Response.Headers["X-Debug"] = Uri.EscapeDataString(said);
                await context.Response.WriteAsync(said);
                break;
        }
    }

    // The request as it came, as an address would hold it, and in base64: debug answers do each of these.
    private static string Good(string said) => JsonSerializer.Serialize(new
    {
        ok = true,
        channel = "C0123456789",
        ts = "1.0",
        id = "1",
        title = said,
        said,
        escaped = Uri.EscapeDataString(said),
        coded = Convert.ToBase64String(Encoding.UTF8.GetBytes(said)),
    });
}
