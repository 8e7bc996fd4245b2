namespace ConnectorHub.Gateway.Settings;

/// <summary>What keeps the events.</summary>
internal enum StorageProvider
{
    /// <summary>A file in the data folder.</summary>
    Sqlite,
}

/// <summary>Section <c>Storage</c>.</summary>
internal sealed record StorageOptions
{
    /// <summary>What keeps the events.</summary>
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    public static StorageOptions Read(SectionReader section)
    {
        var options = new StorageOptions { Provider = section.Choice(nameof(Provider), new StorageOptions().Provider) };
        section.Finish();
        return options;
    }
}
