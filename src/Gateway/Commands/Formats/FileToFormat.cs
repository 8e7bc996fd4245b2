namespace ConnectorHub.Gateway.Commands.Formats;

/// <summary>A file that <c>fmt</c> was asked to look at.</summary>
/// <param name="Shown">Its place from the working folder.</param>
internal sealed record FileToFormat(string Path, string Shown, bool IsShared);
