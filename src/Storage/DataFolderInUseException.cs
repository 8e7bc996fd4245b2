namespace ConnectorHub.Storage;

/// <summary>Another process holds the data folder: two writers on one store would each believe it owns all leases.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : Exception(
        $"CH5001: the data folder '{folder}' is in use by another process. Stop that gateway, or give this one a DataFolder of its own.",
        inner);
