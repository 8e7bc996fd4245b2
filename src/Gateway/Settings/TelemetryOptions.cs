namespace ConnectorHub.Gateway.Settings;

/// <summary>How metrics and traces are sent.</summary>
internal enum OtlpProtocol
{
    /// <summary>Over HTTP, usually to port 4318.</summary>
    Http,

    /// <summary>Over gRPC, usually to port 4317.</summary>
    Grpc,
}

/// <summary>Section <c>Telemetry</c>: where metrics and traces go, besides the page of metrics.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The collector, such as <c>http://127.0.0.1:4318</c>; null for none, unless the standard OTEL_ variables name one.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>How it is spoken to.</summary>
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Http;

    /// <summary>Whether requests to targets carry the trace's id.</summary>
    public bool SendTraceparent { get; init; }

    public static TelemetryOptions Read(SectionReader section)
    {
        var defaults = new TelemetryOptions();
        var options = new TelemetryOptions
        {
            Otlp = section.Optional<Uri?>(nameof(Otlp), null, SettingText.TryAddress, SettingText.Address),
            Protocol = section.Choice(nameof(Protocol), defaults.Protocol),
            SendTraceparent = section.Read<bool>(nameof(SendTraceparent), defaults.SendTraceparent, bool.TryParse, "true or false"),
        };
        section.Finish();
        return options;
    }
}
