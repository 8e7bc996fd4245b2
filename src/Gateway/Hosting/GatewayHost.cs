using System.Net;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

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
    /// <summary>Builds the program; the store is open and the recipes are loaded when it returns.</summary>
    /// <param name="configureLogging">Replaces the logging of the settings; null keeps it.</param>
    public static async Task<WebApplication> BuildAsync(
        HubSetup setup, GatewayRole role, Action<ILoggingBuilder>? configureLogging, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "connectorhub" });
        builder.Logging.AddConfiguration(setup.Configuration.GetSection("Logging"));
        // ASP.NET's request log prints URLs, and with them tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        if (configureLogging is not null)
        {
            configureLogging(builder.Logging);
        }
        else
        {
            AddConsole(builder.Logging, setup.Settings.Hub.Logs, role);
        }

        builder.Services.AddHub(setup, role);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, setup, role));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
        var app = builder.Build();
        await PrepareAsync(app, setup, role, cancellationToken).ConfigureAwait(false);
        Pipeline(app);
        return app;
    }

    private static void AddConsole(ILoggingBuilder logging, LogForm form, GatewayRole role)
    {
        if (role == GatewayRole.Quiet)
        {
            // A command's answer may be read by a program: what is logged beside it is for eyes.
            logging.AddFilter(null, LogLevel.Warning).Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        if (form == LogForm.Json)
        {
            logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        }
        else
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, HubSetup setup, GatewayRole role)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Math.Max(HookBook.StandardMaxBody, setup.Settings.Hooks.Count == 0 ? 0 : setup.Settings.Hooks.Max(hook => hook.MaxBody));
        kestrel.Limits.MaxRequestHeaderCount = 60;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MaxConcurrentConnections = 5000;
        if (role == GatewayRole.Serve)
        {
            ListenOn(kestrel, setup.Settings.Hub.Listen, Door.Public);
            ListenOn(kestrel, setup.Settings.Hub.AdminListen, Door.Private);
        }

        kestrel.ListenUnixSocket(setup.Socket, listener => DoorFeature.Mark(listener, Door.Socket));
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

    private static async Task PrepareAsync(WebApplication app, HubSetup setup, GatewayRole role, CancellationToken cancellationToken)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ConnectorHub");
        await app.Services.GetRequiredService<StoreDoor>().OpenAsync(app.Services.GetRequiredService<TimeProvider>(), logger, cancellationToken).ConfigureAwait(false);
        await app.Services.GetRequiredService<RecipesDoor>().OpenAsync(cancellationToken).ConfigureAwait(false);
        await app.Services.GetRequiredService<LedgerKeeper>().LoadAsync(cancellationToken).ConfigureAwait(false);
        var recipes = app.Services.GetRequiredService<HubRecipes>();
        // The folder's lock is ours: a socket file that is there was left behind.
        File.Delete(setup.Socket);
        if (role == GatewayRole.Quiet)
        {
            return;
        }

        // From here on it is counted.
        app.Services.GetRequiredService<MetricBook>();
        var store = app.Services.GetRequiredService<IHubStore>();
        await RecipeWatch.KeepAsync(store, recipes.Folder, logger, cancellationToken).ConfigureAwait(false);
        if (await app.Services.GetRequiredService<AdminTokens>().LoadAsync(setup.Settings.Hub.DataFolder, cancellationToken).ConfigureAwait(false) is { } file)
        {
            Log.FirstToken(logger, file);
        }

        foreach (var warning in setup.Warnings)
        {
            Log.SettingsFinding(logger, warning);
        }

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            RestrictSocket(setup.Socket);
            Log.Ready(logger, setup.Settings.Hub.Listen, setup.Settings.Hub.AdminListen, recipes.Book.Entries.Count, recipes.Book.Entries.Count(e => e.Live is not null));
            if (recipes.Book.Entries.Count == 0)
            {
                Log.NoRecipes(logger, setup.Settings.Hub.RecipesFolder);
            }

            app.Services.GetRequiredService<FirstContact>().Say();
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
        app.UseMiddleware<StoreGuard>();
        app.MapControllers();
        app.MapMetrics();
        app.MapOpenApi("/api/openapi.json");
    }
}
