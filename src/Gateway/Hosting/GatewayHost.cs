using System.Net;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>What a process does with the store it opened.</summary>
internal enum GatewayRole
{
    /// <summary>Receives, works, answers.</summary>
    Serve,

    /// <summary>Only answers over the socket: for commands while no gateway runs.</summary>
    Quiet,
}

/// <summary>Puts the program together: listeners, pipeline, start-up in order.</summary>
internal static class GatewayHost
{
    /// <summary>Where the command line reaches a running gateway.</summary>
    public static string SocketPath(HubSettings settings) => Path.Combine(settings.Hub.DataFolder, "hub.sock");

    /// <summary>Builds the program; the store is open and the recipes are loaded when it returns.</summary>
    /// <param name="configureLogging">Replaces the logging of the settings; null keeps it.</param>
    public static async Task<WebApplication> BuildAsync(
        HubSettings settings, GatewayRole role, Action<ILoggingBuilder>? configureLogging, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "connectorhub" });
        builder.Logging.AddConfiguration(settings.Configuration.GetSection("Logging"));
        // ASP.NET's request log prints URLs, and with them tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        if (configureLogging is not null)
        {
            configureLogging(builder.Logging);
        }
        else
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        builder.Services.AddHub(settings, role);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings, role));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
        var app = builder.Build();
        await PrepareAsync(app, settings, role, cancellationToken).ConfigureAwait(false);
        Pipeline(app);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, HubSettings settings, GatewayRole role)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.LargestBody;
        kestrel.Limits.MaxRequestHeaderCount = 60;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MaxConcurrentConnections = 5000;
        if (role == GatewayRole.Serve)
        {
            ListenOn(kestrel, settings.Hub.Listen, Door.Public);
            ListenOn(kestrel, settings.Hub.AdminListen, Door.Private);
        }

        var socket = SocketPath(settings);
        File.Delete(socket);
        kestrel.ListenUnixSocket(socket, listener => DoorFeature.Mark(listener, Door.Socket));
    }

    private static void ListenOn(KestrelServerOptions kestrel, string url, Door door)
    {
        var address = BindingAddress.Parse(url);
        if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(address.Port, listener => DoorFeature.Mark(listener, door));
        }
        else
        {
            var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var parsed) ? parsed : IPAddress.Any;
            kestrel.Listen(ip, address.Port, listener => DoorFeature.Mark(listener, door));
        }
    }

    private static async Task PrepareAsync(WebApplication app, HubSettings settings, GatewayRole role, CancellationToken cancellationToken)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ConnectorHub");
        await app.Services.GetRequiredService<StoreDoor>().OpenAsync(app.Services.GetRequiredService<TimeProvider>(), logger, cancellationToken).ConfigureAwait(false);
        await app.Services.GetRequiredService<RecipesDoor>().OpenAsync(cancellationToken).ConfigureAwait(false);
        var recipes = app.Services.GetRequiredService<HubRecipes>();
        if (role == GatewayRole.Quiet)
        {
            return;
        }

        var store = app.Services.GetRequiredService<IHubStore>();
        await RecipeWatch.KeepAsync(store, recipes.Folder, logger, cancellationToken).ConfigureAwait(false);
        if (await app.Services.GetRequiredService<AdminTokens>().LoadAsync(settings.Hub.DataFolder, cancellationToken).ConfigureAwait(false) is { } file)
        {
            Log.FirstToken(logger, file);
        }

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            RestrictSocket(SocketPath(settings));
            Log.Ready(logger, settings.Hub.Listen, settings.Hub.AdminListen, recipes.Book.Entries.Count, recipes.Book.Entries.Count(e => e.Live is not null));
        });
    }

    private static void RestrictSocket(string socket)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Pipeline(WebApplication app)
    {
        // Before routing: the public door leads to hooks and nowhere else.
        var hooks = app.Services.GetRequiredService<HookEndpoint>();
        app.Use((context, next) => DoorFeature.Of(context) == Door.Public ? hooks.InvokeAsync(context) : next(context));
        app.UseRouting();
        app.MapHealth();
        app.UseMiddleware<AdminGuard>();
        app.MapControllers();
        app.MapOpenApi("/api/openapi.json");
    }
}
