using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

/// <summary>A correct small batch, or one that makes a call for each of its items.</summary>
internal sealed class CarelessBatch(bool splits) : BatchAction<CarelessInput, CarelessOutput>
{
    public override string Name => "say";

    public override string About => "Says something to the others.";

    public override Repeat Repeat => Repeat.Unsafe;

    public override int MaxItems => 10;

    protected override CarelessOutput Sample => new("sample");

    protected override string BatchKey(CarelessInput input) => "all";

    protected override async Task ExecuteManyAsync(
        IReadOnlyList<Member> members, ActionContext context, Action<Member, StepOutcome> tell, CancellationToken cancellationToken)
    {
        if (context.FindSecret("ApiKey") is null)
        {
            TellAll(members, StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey."), tell);
            return;
        }

        foreach (var call in splits ? members.Select(member => (IReadOnlyList<Member>)[member]) : [members])
        {
            TellAll(call, await SendAsync(CarelessAction.Request(call[0].Input, context), context, answer => CarelessAction.Judge(answer, context), cancellationToken), tell);
        }
    }

    private static void TellAll(IReadOnlyList<Member> members, StepOutcome outcome, Action<Member, StepOutcome> tell)
    {
        foreach (var member in members)
        {
            tell(member, outcome);
        }
    }
}
