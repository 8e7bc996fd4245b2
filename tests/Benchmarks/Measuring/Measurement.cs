namespace ConnectorHub.Tests.Benchmarks.Measuring;

/// <summary>What a scenario measures.</summary>
/// <param name="Status">The status of the lives posted: only Live leads to a message.</param>
internal sealed record Scenario(string Name, string Status, bool HasEffects, string Recipe);

/// <summary>One program in one scenario.</summary>
/// <param name="P50">Milliseconds from the post: to the answer where nothing follows it, else to the effect's arrival.</param>
/// <param name="AnswerP99">Milliseconds from the post to the answer.</param>
internal sealed record Measurement(
    string Program, double Rate, double P50, double P99, double AnswerP99, double CpuMillisecondsPerEvent, double PeakMegabytes, double ChildrenPeakMegabytes);
