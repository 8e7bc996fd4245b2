namespace ConnectorHub.Gateway.Telemetry;

/// <summary>The standard variables of OpenTelemetry, as far as they decide whether anything is sent. Names nothing of its library.</summary>
internal static class OtlpEnvironment
{
    private static readonly string[] Endpoints = ["ENDPOINT", "TRACES_ENDPOINT", "METRICS_ENDPOINT"];

    /// <summary>Whether one of them names a collector.</summary>
    public static bool NamesCollector()
    {
        var variables = new ConfigurationBuilder().AddEnvironmentVariables("OTEL_EXPORTER_OTLP_").Build();
        return Endpoints.Any(name => !string.IsNullOrWhiteSpace(variables[name]));
    }
}
