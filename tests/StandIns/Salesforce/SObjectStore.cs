using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Salesforce;

/// <summary>A kind of record.</summary>
/// <param name="Name">Such as <c>Contact</c>.</param>
/// <param name="Prefix">The first three characters of its ids.</param>
/// <param name="Required">The fields that a new one needs.</param>
/// <param name="Fields">All its fields, by their API names.</param>
/// <param name="ExternalIds">Those of them that tell a record from outside.</param>
internal sealed record SObjectType(
    string Name, string Prefix, IReadOnlyList<string> Required, IReadOnlyList<string> Fields, IReadOnlyList<string> ExternalIds);

/// <summary>The records of an organisation.</summary>
internal sealed class SObjectStore
{
    private const string Key = "Gateway_Id__c";

    private readonly List<(SObjectType Type, JsonObject Record)> _records = [];

    /// <summary>The kinds there are. An administrator makes further fields.</summary>
    public Dictionary<string, SObjectType> Types { get; } = new[]
    {
        new SObjectType("Contact", "003", ["LastName"], ["FirstName", "LastName", "Email", "Phone", "Title", "Description", "AccountId", "LeadSource", Key], [Key, "Email"]),
        new SObjectType(
            "Lead", "00Q", ["LastName", "Company"], ["FirstName", "LastName", "Company", "Email", "Phone", "Title", "Status", "Description", "LeadSource", Key], [Key, "Email"]),
        new SObjectType("Account", "001", ["Name"], ["Name", "Website", "Phone", "Description", Key], [Key]),
        new SObjectType("Task", "00T", [], ["Subject", "Status", "Priority", "Description", "WhoId", "WhatId", "ActivityDate", Key], [Key]),
    }.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<JsonObject> Of(string type) => [.. _records.Where(entry => entry.Type.Name == type).Select(entry => entry.Record)];

    public IReadOnlyList<JsonObject> Find(SObjectType type, string field, string value) => [.. _records
        .Where(entry => entry.Type == type && string.Equals(entry.Record.Text(field), value, StringComparison.OrdinalIgnoreCase))
        .Select(entry => entry.Record)];

    public JsonObject Add(SObjectType type)
    {
        var record = new JsonObject { ["Id"] = type.Prefix + (_records.Count + 1).ToString("d12", CultureInfo.InvariantCulture) + "AAA" };
        _records.Add((type, record));
        return record;
    }
}
