using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Theory]
    [InlineData(PauseKind.All, "", true)]
    [InlineData(PauseKind.Recipe, Recipe, true)]
    [InlineData(PauseKind.Recipe, "team/other", false)]
    [InlineData(PauseKind.Connection, Slack, true)]
    [InlineData(PauseKind.Connection, "hubspot-acme", false)]
    [InlineData(PauseKind.Hook, Connection, true)]
    [InlineData(PauseKind.Hook, $"{Connection}/live.updated", false)]
    public async Task What_is_paused_is_accepted_and_waits_untouched_until_it_may_go_on(PauseKind kind, string name, bool holds)
    {
        var pause = new Pause(kind, name, Now, null, "ana", "maintenance");
        await Store.PauseAsync(pause, Entry("pause", name), Cancel);
        var run = await OpenRunAsync("evt_1");
        var before = await RunAsync(run);
        Assert.Equal(holds, pause.IsAbout(before.RecipeId, (await Store.FindEventAsync("evt_1", Cancel))!.Hook, before.NextConnection));

        Assert.Equal(holds ? [] : [run], await Store.DueRunsAsync(Now, 10, Cancel));
        Assert.Equal(holds, (await Store.CountsAsync(Now, Cancel)).OldestDue is null);
        var view = Assert.Single(await Store.PauseViewsAsync(Now, Cancel));
        Assert.Equal((holds ? 1 : 0, holds ? Now : null), (view.Waiting, view.WaitingSince));
        if (holds)
        {
            Assert.Null(await ClaimAsync(run));
            Assert.Equal(before, await RunAsync(run) with { Lets = before.Lets, Outputs = before.Outputs });
        }

        Assert.True(await Store.ResumeAsync(kind, name, Entry("resume", name), Cancel));
        Assert.False(await Store.ResumeAsync(kind, name, Entry("resume again", name), Cancel));
        Assert.Equal([run], await Store.DueRunsAsync(Now, 10, Cancel));
        Assert.NotNull(await ClaimAsync(run));
        Assert.Equal(2, (await Store.AuditAsync(null, null, 10, Cancel)).Count);
    }

    [Fact]
    public async Task A_pause_with_an_end_ends_by_itself_and_one_that_is_renewed_keeps_its_beginning()
    {
        await Store.PauseAsync(new Pause(PauseKind.All, "", Now, Now.AddHours(1), "ana", "upgrade"), Entry("pause", "1"), Cancel);
        await Store.PauseAsync(new Pause(PauseKind.All, "", Now.AddMinutes(30), Now.AddHours(2), "ben", "takes longer"), Entry("pause", "2"), Cancel);
        var run = await OpenRunAsync("evt_1");

        Assert.Equal(new Pause(PauseKind.All, "", Now, Now.AddHours(2), "ben", "takes longer"), Assert.Single(await Store.PausesAsync(Now.AddHours(1), Cancel)));
        Assert.Null(await ClaimAsync(run, Now.AddMinutes(119)));
        Assert.Empty(await Store.PausesAsync(Now.AddHours(2), Cancel));
        Assert.NotNull(await ClaimAsync(run, Now.AddHours(2)));
    }

    [Fact]
    public async Task A_pause_outlives_a_restart()
    {
        await Store.PauseAsync(new Pause(PauseKind.Connection, Slack, Now, null, "ana", "maintenance"), Entry("pause", Slack), Cancel);

        await ReopenAsync();

        Assert.Equal(Slack, Assert.Single(await Store.PausesAsync(Now, Cancel)).Name);
    }
}
