using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

public class SecretHuntTests
{
    [Fact]
    public async Task No_secret_and_no_URL_token_reaches_logs_answers_or_the_store()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((500, "<html>"));
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"token_revoked\"}"));
        var seen = new StringBuilder();
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await using (var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            foreach (var address in (string[])[$"/hooks/inbox/any?token={RunningGateway.UrlToken}", $"/hooks/inbox?token={RunningGateway.UrlToken}x", $"/nowhere?token={RunningGateway.UrlToken}", $"/hooks/{RunningGateway.UrlToken}", $"/hooks/spot/{RunningGateway.UrlToken}", $"/hooks/inbox/a/{RunningGateway.UrlToken}"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{\"a\":1}") };
                request.Headers.TryAddWithoutValidation("User-Agent", $"Agent/{RunningGateway.UrlToken}");
                using var answer = await gateway.Http.SendAsync(request);
                seen.Append(await answer.Content.ReadAsStringAsync());
            }

            using var live = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
            using var test = await gateway.PostAsync("live.updated", Bodies.LiveStarted.Replace("{\"live\"", "{\"test\":true,\"live\"", StringComparison.Ordinal));
            await gateway.RunAsync("live", row => row.State == RunState.Blocked);
            await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
            gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
            foreach (var path in (string[])["/api/events", "/api/runs", "/api/connections", "/api/status", "/api/recipes", "/api/hooks", "/api/hooks?connection=inbox", "/api/events/refused"])
            {
                seen.Append(await gateway.Admin.GetStringAsync(path));
            }

            foreach (var file in Directory.EnumerateFiles(gateway.Data).Where(file => Path.GetFileName(file) is not ("hub.sock" or "hub.lock" or "admin-token")))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                seen.Append(await reader.ReadToEndAsync());
            }

            seen.AppendJoin('\n', gateway.Log.Lines);
        }

        Assert.True(seen.Length > 10_000, "The hunt must have had something to search.");
        var text = seen.ToString();
        Assert.Contains("/hooks/inbox?token=<UrlToken>", text.Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("/hooks/***", text, StringComparison.Ordinal);
        foreach (var canary in (string[])[RunningGateway.BotToken, RunningGateway.SigningSecret["whsec_".Length..], RunningGateway.UrlToken])
        {
            Assert.DoesNotContain(canary, text, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }
}
