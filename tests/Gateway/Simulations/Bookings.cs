using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Google.Calendars;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>Bookings that become entries of a calendar: each has a key, so that a second one is known.</summary>
internal static class Bookings
{
    /// <summary>The recipe; further steps may follow it.</summary>
    public const string Recipe = """
        version: 1
        name: Simulated
        when: { source: webhook, event: booked }
        steps:
          - id: entry
            use: google-calendar.create-event
            with:
              calendar: sales@acme.example
              title: "Booking {{ event.number }}"
              start: 2026-09-10T10:00:00+02:00
              end: 2026-09-10T10:30:00+02:00

        """;

    /// <summary>The calendar they go to.</summary>
    public static Calendar In(GoogleStandIn google) => google.Calendars.Add(new Calendar("sales@acme.example", "Europe/Paris", ServiceAccount.Email));
}
