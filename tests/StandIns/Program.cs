using ConnectorHub.Tests.StandIns.Serving;

return await ServeCommand.ExecuteAsync(args);
