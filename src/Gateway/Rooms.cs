using System.Text.Json.Serialization;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Scheduling;
using ConnectorHub.Scripting;
using ConnectorHub.Storage;

namespace ConnectorHub.Gateway;

/// <summary>One <c>AddX</c> for each room.</summary>
internal static class Rooms
{
    public static void AddHub(this IServiceCollection services, HubSettings settings, GatewayRole role)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddScripting(settings);
        services.AddConnectors(settings);
        services.AddStorage(settings);
        services.AddRecipes(settings);
        services.AddRuns(settings);
        services.AddHooks(settings);
        services.AddAdmin();
        if (role == GatewayRole.Serve)
        {
            services.AddHostedService<Engine>();
            services.AddHostedService<RecipeWatch>();
            services.AddScheduling();
        }
    }

    private static void AddScripting(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(settings.Scripts);
        services.AddSingleton<ScriptPool>();
        services.AddSingleton<RunScripts>();
    }

    private static void AddConnectors(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(new ConnectorBook(ConnectorCatalog.All));
        services.AddSingleton(settings.Connections);
        services.AddSingleton<IConnections>(settings.Connections);
        services.AddSingleton<IOutbound>(provider => new Outbound.Outbound(settings.Outbound, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddStorage(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(new StoreDoor(settings));
        services.AddSingleton<IHubStore>(provider => provider.GetRequiredService<StoreDoor>().Store);
    }

    private static void AddRecipes(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton<RecipesDoor>();
        services.AddSingleton(provider => provider.GetRequiredService<RecipesDoor>().Recipes);
        services.AddSingleton<IRecipes>(provider => provider.GetRequiredService<RecipesDoor>().Recipes);
    }

    private static void AddRuns(this IServiceCollection services, HubSettings settings)
    {
        var owner = new EngineOwner($"{Environment.MachineName}/{Environment.ProcessId}");
        services.AddSingleton(owner);
        services.AddSingleton(settings.Runs);
        services.AddSingleton<IIdSource, IdSource>();
        services.AddSingleton(provider => new WorkQueue(settings.Runs.Concurrency, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WorkQueue>>()));
        services.AddSingleton(provider => new Outside(
            provider.GetRequiredService<ConnectorBook>(),
            provider.GetRequiredService<IConnections>(),
            provider.GetRequiredService<IOutbound>(),
            provider.GetRequiredService<TimeProvider>(),
            new Random(),
            owner.Name));
        services.AddSingleton<RunParts>();
        services.AddSingleton<Intake>();
        services.AddSingleton<EventPath>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<Why>();
    }

    private static void AddHooks(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(settings.Hooks);
        services.AddSingleton<HookBook>();
        services.AddSingleton<HookRefusals>();
        services.AddSingleton<HookEndpoint>();
    }

    private static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<AdminTokens>();
        services.AddRouting();
        services.AddProblemDetails();
        services.AddControllers().AddJsonOptions(options =>
        {
            options.JsonSerializerOptions.Converters.Add(new JsonStringEnumConverter());
            options.JsonSerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddOpenApi();
    }
}
