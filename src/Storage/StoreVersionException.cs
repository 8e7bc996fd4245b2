namespace ConnectorHub.Storage;

/// <summary>The store was written by a newer version of the program.</summary>
public sealed class StoreVersionException(string file, long found, long known)
    : Exception(
        $"CH5002: '{file}' has schema version {found}, this program knows versions up to {known}. " +
        "Start the version that wrote it, or restore the backup made before the upgrade.");
