namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>Whom Google sends a mail about what was done.</summary>
internal enum Notify
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>All guests.</summary>
    All,

    /// <summary>Guests who do not use Google Calendar.</summary>
    External,
}
