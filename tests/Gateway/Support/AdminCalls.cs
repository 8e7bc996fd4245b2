using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Schedules;

namespace ConnectorHub.Tests.Gateway.Support;

/// <summary>Acts through the admin API, with the first token.</summary>
internal static class AdminCalls
{
    /// <summary>Posts a body and answers whatever comes.</summary>
    public static async Task<HttpResponseMessage> SendAdminAsync(this RunningGateway gateway, string path, object body)
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType(), null, AdminClient.Readable) };
        request.Headers.Authorization = new("Bearer", token);
        return await gateway.Admin.SendAsync(request);
    }

    /// <summary>Posts a body that is taken.</summary>
    public static async Task<T> ActAsync<T>(this RunningGateway gateway, string path, object body)
    {
        using var answer = await gateway.SendAdminAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<T>(text, AdminClient.Readable)!;
    }

    /// <summary>Posts a body that cannot be done now, and answers why.</summary>
    public static async Task<string> RefusalAsync(this RunningGateway gateway, string path, object body)
    {
        using var answer = await gateway.SendAdminAsync(path, body);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return (await answer.ProblemAsync())!;
    }

    /// <summary>All that happens by the clock.</summary>
    public static async Task<IReadOnlyList<ScheduleView>> SchedulesAsync(this RunningGateway gateway) =>
        JsonSerializer.Deserialize<List<ScheduleView>>(await gateway.GetAsync("api/schedules"), AdminClient.Readable)!;

    /// <summary>Why it cannot be done, for a person.</summary>
    public static async Task<string?> ProblemAsync(this HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString();
}
