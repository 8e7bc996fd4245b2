using System.Net;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class AdminTests
{
    [Fact]
    public async Task Every_route_of_the_admin_API_needs_a_token()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        foreach (var path in (string[])["/api/events", "/api/events/refused", "/api/events/x", "/api/events/x/why", "/api/runs", "/api/runs/x", "/api/status", "/api/recipes", "/api/connections", "/api/hooks", "/api/doctor", "/api/openapi.json", "/api/none", "/metrics"])
        {
            foreach (var token in (string?[])[null, "chub_0000", ""])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (token is not null)
                {
                    request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
                }

                using var answer = await gateway.Admin.SendAsync(request);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task The_first_token_is_in_a_file_only_its_owner_reads_and_opens_the_API()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        var file = Path.Combine(gateway.Data, "admin-token");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(gateway.Data, "hub.sock")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(gateway.Data));
        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(file)).Trim());
        Assert.Contains("\"canCommit\":true", await gateway.Admin.GetStringAsync("/api/status"), StringComparison.Ordinal);
        var document = await gateway.Admin.GetStringAsync("/api/openapi.json");
        Assert.All((string[])["/api/events", "/api/events/{id}/why", "/api/runs/{id}", "/api/connections/{name}/release"], path => Assert.Contains($"\"{path}\"", document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_needs_no_token()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        Assert.Equal("ok", await gateway.Admin.GetStringAsync("/healthz"));
        Assert.Equal("ready", await gateway.Admin.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task Why_says_condition_by_condition_what_kept_an_event_from_leading_to_something()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        using var answer = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
        var why = await gateway.Admin.GetStringAsync($"/api/events/{row.Id}/why");
        Assert.Contains("event.live.status is Live", why, StringComparison.Ordinal);
        Assert.Contains("value was \\\"Planned\\\"", why, StringComparison.Ordinal);
        Assert.Contains("It would match if event.live.status were \\\"Live\\\"", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_data_folder_is_refused()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        await Assert.ThrowsAsync<ConnectorHub.Storage.DataFolderInUseException>(() => RunningGateway.StartAsync(null, Bodies.Live, gateway.Folder));
    }
}
