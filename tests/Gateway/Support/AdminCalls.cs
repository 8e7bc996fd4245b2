using System.Net.Http.Json;
using System.Text.Json;
using ConnectorHub.Gateway.Commands;

namespace ConnectorHub.Tests.Gateway.Support;

/// <summary>Acts through the admin API, with the first token.</summary>
internal static class AdminCalls
{
    /// <summary>Posts a body and answers whatever comes.</summary>
    public static async Task<HttpResponseMessage> SendAdminAsync(this RunningGateway gateway, string path, object body)
    {
        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        return await gateway.Admin.PostAsJsonAsync(path, body, AdminClient.Readable);
    }

    /// <summary>Posts a body that is taken.</summary>
    public static async Task<T> ActAsync<T>(this RunningGateway gateway, string path, object body)
    {
        using var answer = await gateway.SendAdminAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<T>(text, AdminClient.Readable)!;
    }

    /// <summary>Why it cannot be done, for a person.</summary>
    public static async Task<string?> ProblemAsync(this HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString();
}
