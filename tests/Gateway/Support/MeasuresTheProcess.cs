namespace ConnectorHub.Tests.Gateway.Support;

/// <summary>Tests that measure the process they run in: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresTheProcess
{
    public const string Name = "measures the process";
}
