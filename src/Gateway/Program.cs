using ConnectorHub.Gateway.Commands;

return await HubCommands.RunAsync(args).ConfigureAwait(false);
