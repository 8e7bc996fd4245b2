using System.Text.Json.Serialization;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Gateway.Watching;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Scheduling;
using ConnectorHub.Scripting;

namespace ConnectorHub.Gateway;

/// <summary>One <c>AddX</c> for each room.</summary>
internal static class Rooms
{
    public static void AddHub(this IServiceCollection services, HubSetup setup, GatewayRole role)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(setup);
        services.AddScripting(setup.Settings);
        services.AddConnectors(setup.Settings.Outbound.ToPolicy(setup.Settings.Telemetry.SendTraceparent));
        services.AddStorage();
        services.AddRecipes();
        services.AddSingleton(setup.Settings.Retention.ToRetentionOptions());
        services.AddSingleton<Forgetting>();
        services.AddSingleton<Nights>();
        services.AddRuns(setup.Settings.Runs.ToRunsOptions() with { AdminUrl = setup.Settings.Hub.AdminListen, Zone = setup.Settings.Hub.Zone });
        services.AddHooks(setup.Settings);
        services.AddWatches(setup.Settings);
        services.AddAdmin();
        services.AddEyes();
        services.AddDoctor();
        if (role == GatewayRole.Serve)
        {
            services.AddHostedService<Engine>();
            services.AddHostedService<RecipeWatch>();
            services.AddHostedService(provider => provider.GetRequiredService<LedgerKeeper>());
            services.AddScheduling(setup.Settings.Hub.Zone);
            services.AddExport(setup.Settings.Telemetry);
        }
    }

    private static void AddScripting(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(settings.Scripts.ToPoolOptions(settings.Hub.DataFolder));
        services.AddSingleton<ScriptPool>();
        services.AddSingleton<ScriptQuarantine>();
        services.AddSingleton<RunScripts>();
    }

    private static void AddConnectors(this IServiceCollection services, OutboundPolicy policy)
    {
        services.AddSingleton(new ConnectorBook(ConnectorCatalog.All));
        services.AddSingleton(provider => new HostAsker(policy, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new MailAsker(policy, provider.GetRequiredService<ConnectionCheck>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ConnectionHosts>();
        services.AddSingleton<IOutbound>(provider => Path(policy, provider.GetRequiredService<TimeProvider>()));
    }

    private static OutboundPath Path(OutboundPolicy policy, TimeProvider time) => new(policy, new Dialer(policy), time);

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<StoreDoor>();
        services.AddSingleton<IHubStore>(provider => provider.GetRequiredService<StoreDoor>().Store);
        services.AddSingleton(provider => provider.GetRequiredService<StoreDoor>().Connections);
        services.AddSingleton<IConnections>(provider => provider.GetRequiredService<StoreDoor>().Connections);
    }

    private static void AddRecipes(this IServiceCollection services)
    {
        services.AddSingleton<RecipesDoor>();
        services.AddSingleton(provider => provider.GetRequiredService<RecipesDoor>().Recipes);
        services.AddSingleton<IRecipes>(provider => provider.GetRequiredService<RecipesDoor>().Recipes);
    }

    private static void AddRuns(this IServiceCollection services, Runs.RunsOptions options)
    {
        var owner = new EngineOwner($"{Environment.MachineName}/{Environment.ProcessId}");
        services.AddSingleton(owner);
        services.AddSingleton(options);
        services.AddSingleton<IIdSource, IdSource>();
        services.AddSingleton(provider => new WorkQueue(options.Concurrency, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WorkQueue>>()));
        services.AddSingleton<Pacing>();
        services.AddSingleton<ConnectionMemory>();
        services.AddSingleton<ConnectionCheck>();
        services.AddSingleton(provider => new Outside(
            provider.GetRequiredService<ConnectorBook>(),
            provider.GetRequiredService<IConnections>(),
            provider.GetRequiredService<IOutbound>(),
            provider.GetRequiredService<ConnectionMemory>(),
            provider.GetRequiredService<Pacing>(),
            provider.GetRequiredService<TimeProvider>(),
            new Random(),
            owner.Name)
        {
            Windows = provider.GetRequiredService<IRetryWindows>(),
        });
        services.AddRetryWindows();
        services.AddSingleton<PauseBook>();
        services.AddSingleton<Pausing>();
        services.AddSingleton<RunParts>();
        services.AddSingleton<WaitingRehearsal>();
        services.AddSingleton<EventRehearsal>();
        services.AddSingleton<ReplayPlanner>();
        services.AddSingleton<RunActs>();
        services.AddSingleton<Openings>();
        services.AddSingleton<EventReplay>();
        services.AddSingleton<Plans>();
        services.AddSingleton<IStandingJobs, NoStandingJobs>();
        services.AddSingleton<RecipeSchedules>();
        services.AddSingleton<ScheduleList>();
        services.AddSingleton<ScheduleHolds>();
        services.AddSingleton<ScheduleActs>();
        services.AddSingleton<LearnBook>();
        services.AddSingleton<Intake>();
        services.AddSingleton<EventPath>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<ScheduleIntake>();
        services.AddSingleton(provider => new BeforeStart(provider.GetRequiredService<Uptime>().Kept, provider.GetRequiredService<RecipesDoor>().KeptHashes));
        services.AddSingleton<Timetable>();
        services.AddSingleton(new BulletinWords(HubZone.Find(options.Zone), options.AdminUrl));
        services.AddSingleton<IWatch, BlockWatch>();
        services.AddSingleton<IWatch, DownWatch>();
        services.AddSingleton<IWatch, RecipeBookWatch>();
        services.AddSingleton<BulletinIntake>();
        services.AddSingleton<HubBulletins>();
        services.AddSingleton<Why>();
        services.AddSingleton<EventSearch>();
    }

    private static void AddHooks(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(provider => new HookBook(provider.GetRequiredService<IConnections>(), provider.GetRequiredService<ConnectorBook>(), settings));
        services.AddSingleton<RehearsesTests>((connection, hookEvent) => settings.Hook(connection, hookEvent).RehearseTests);
        services.AddSingleton<StrangerText>();
        services.AddSingleton<HookLedger>();
        services.AddSingleton<Uptime>();
        services.AddSingleton(provider => new HubTime(settings.Hub.Zone, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HookReport(
            provider.GetRequiredService<HookBook>(),
            provider.GetRequiredService<HookLedger>(),
            provider.GetRequiredService<Uptime>(),
            provider.GetRequiredService<IRecipes>(),
            provider.GetRequiredService<HubTime>()));
        services.AddSingleton<StakeWatch>();
        services.AddSingleton<FirstContact>();
        services.AddSingleton(provider => new LedgerKeeper(
            provider.GetRequiredService<HookLedger>(),
            provider.GetRequiredService<Uptime>(),
            provider.GetRequiredService<StakeWatch>(),
            provider.GetRequiredService<IHubStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OwnLook>();
        services.AddSingleton<HookEndpoint>();
    }

    private static void AddWatches(this IServiceCollection services, HubSettings settings)
    {
        var folder = settings.Hub.DataFolder;
        services.AddSingleton<IWatch>(new DiskWatch(folder, settings.Watch.DiskBelow, () => DiskWatch.FreeBytes(folder)));
        services.AddSingleton<IWatch>(provider => new RefusalWatch(provider.GetRequiredService<HookReport>()));
        services.AddSingleton<IWatch>(provider => new RiskWatch(provider.GetRequiredService<HookReport>()));
        services.AddSingleton<IWatch>(provider => new SilenceWatch(
            provider.GetRequiredService<HookLedger>(),
            provider.GetRequiredService<Uptime>(),
            new RhythmBook(settings.Hub.Zone),
            new SilenceRules(settings.Watch.Silence == SilenceWatching.Learn, key => settings.Hook(key.Connection, key.Event).SilentAfter)));
    }

    private static void AddEyes(this IServiceCollection services)
    {
        services.AddSingleton<Sight>();
        services.AddSingleton<HubGauges>();
        services.AddSingleton<MetricBook>();
    }

    private static void AddDoctor(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Vitals(
            provider.GetRequiredService<HubSetup>(),
            provider.GetRequiredService<IHubStore>(),
            provider.GetRequiredService<SettingsConnections>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HostRound(
            provider.GetRequiredService<HubSetup>(),
            provider.GetRequiredService<ConnectionHosts>(),
            provider.GetRequiredService<HostAsker>(),
            provider.GetRequiredService<OwnLook>()));
    }

    private static void AddExport(this IServiceCollection services, TelemetryOptions options)
    {
        if (options.Otlp is not null || OtlpEnvironment.NamesCollector())
        {
            services.AddSingleton(options);
            services.AddHostedService<OtlpExport>();
        }
    }

    private static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<AdminTokens>();
        services.AddSingleton<Inquiry>();
        services.AddSingleton<RunTales>();
        services.AddRouting();
        services.AddProblemDetails();
        services.AddControllers().AddJsonOptions(options =>
        {
            options.JsonSerializerOptions.Converters.Add(new JsonStringEnumConverter());
            // A misspelled part of a filter that nobody reads would make an act fit everything.
            options.JsonSerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.JsonSerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddOpenApi();
    }
}
