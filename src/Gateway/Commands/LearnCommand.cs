using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Runs;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>learn</c>: keep and show what a hook gets, without running recipes.</summary>
internal static class LearnCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static Command Build()
    {
        var hook = new Argument<string>("hook") { Description = "The hook: connection, or connection/event as in its address." };
        var end = new Option<bool>("--end") { Description = "End the lesson; recipes are asked again." };
        var command = new Command("learn", "Keep and show what a hook gets for 15 minutes or 50 events, still verified, without running recipes.") { hook, end, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var client = await AdminClient.OpenAsync(HubCommands.Setup(parsed, optional: false), cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                if (!client.Serving)
                {
                    throw new CommandFailedException("No gateway is running, so nothing can arrive. Start it with: connectorhub serve");
                }

                var name = parsed.GetValue(hook)!;
                var json = parsed.GetValue(HubCommands.AsJson);
                await (parsed.GetValue(end) ? EndAsync(client, name, json, cancellationToken) : FollowAsync(client, name, new LessonScreen(Console.Out, json), cancellationToken)).ConfigureAwait(false);
            }

            return 0;
        });
        return command;
    }

    private static async Task EndAsync(AdminClient client, string hook, bool json, CancellationToken cancellationToken)
    {
        var ended = await client.PostAsync<Lesson>($"api/learn/end?hook={Uri.EscapeDataString(hook)}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"The hook '{hook}' is not learning: recipes are asked. Start a lesson with: connectorhub learn {hook}");
        if (json)
        {
            new Printer(Console.Out).Json(ended);
        }
        else
        {
            await Console.Out.WriteLineAsync($"{ended.Hook} has ended its lesson: recipes are asked again.").ConfigureAwait(false);
        }
    }

    private static async Task FollowAsync(AdminClient client, string hook, LessonScreen screen, CancellationToken cancellationToken)
    {
        var escaped = Uri.EscapeDataString(hook);
        var lesson = await client.PostAsync<Lesson>($"api/learn?hook={escaped}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no hook '{hook}'. List them with: connectorhub hooks");
        screen.Begun(lesson);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var since = Uri.EscapeDataString(lesson.Since.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        var open = true;
        while (open && !cancellationToken.IsCancellationRequested)
        {
            // Asked before the events, so that the last one of a lesson is still shown.
            var lessons = await client.GetAsync<List<Lesson>>("api/learn", cancellationToken).ConfigureAwait(false);
            open = lessons!.Exists(one => one.Hook == hook);
            var events = await client.GetAsync<List<LearnedEvent>>($"api/learn/events?hook={escaped}&since={since}", cancellationToken).ConfigureAwait(false);
            foreach (var learned in events!.Where(learned => seen.Add(learned.Id)))
            {
                screen.Learned(learned);
            }

            await WaitAsync(open, cancellationToken).ConfigureAwait(false);
        }

        screen.Left(hook, seen.Count, open);
    }

    private static async Task WaitAsync(bool open, CancellationToken cancellationToken)
    {
        if (open)
        {
            await Task.Delay(Look, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
