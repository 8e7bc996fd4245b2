using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Settings;

public sealed class SettingsConnectionsTests : IDisposable
{
    private const string FromFile = """{ "Connections": { "a": { "Connector": "slack", "Secrets": { "BotToken": "file:secrets/token" } } } }""";

    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_file_gives_a_new_snapshot_with_a_new_version()
    {
        _folder.Write("secrets/token", "first\n");
        var connections = _folder.Connections(FromFile);
        var before = connections.Current;
        Assert.False(connections.Refresh());
        Assert.Same(before, connections.Current);

        _folder.Write("secrets/token", "other\r\n");
        Assert.True(connections.Refresh());

        var (old, now) = (before.Find("a")!, connections.Current.Find("a")!);
        Assert.Equal(("first", "other"), (Token(old), Token(now)));
        Assert.NotEqual(old.CredentialVersion, now.CredentialVersion);
    }

    [Fact]
    public void A_change_that_keeps_length_and_time_is_seen()
    {
        var path = _folder.Write("secrets/token", "first");
        var time = File.GetLastWriteTimeUtc(path);
        var connections = _folder.Connections(FromFile);

        _folder.Write("secrets/token", "other");
        File.SetLastWriteTimeUtc(path, time);

        Assert.True(connections.Refresh());
    }

    [Fact]
    public void A_swapped_link_is_seen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        _folder.Write("v1/token", "first");
        _folder.Write("v2/token", "second");
        var link = Path.Combine(_folder.Path, "secrets");
        Directory.CreateSymbolicLink(link, Path.Combine(_folder.Path, "v1"));
        var connections = _folder.Connections(FromFile);

        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, Path.Combine(_folder.Path, "v2"));

        Assert.True(connections.Refresh());
        Assert.Equal("second", Token(connections.Current.Find("a")!));
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    public void While_a_file_cannot_be_read_its_last_good_value_is_used(string? content, string why)
    {
        var path = _folder.Write("secrets/token", "first");
        var connections = _folder.Connections(FromFile);

        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            _folder.Write("secrets/token", content);
        }

        Assert.False(connections.Refresh());
        Assert.Equal("first", Token(connections.Current.Find("a")!));
        Assert.Equal([$"file {path} {why}"], connections.Stale);

        _folder.Write("secrets/token", "second");
        Assert.True(connections.Refresh());
        Assert.Empty(connections.Stale);
    }

    [Fact]
    public void A_missing_file_is_the_connections_problem_until_it_comes()
    {
        var connections = _folder.Connections(FromFile);
        var path = Path.Combine(_folder.Path, "secrets", "token");
        Assert.Equal($"secret BotToken: file {path} does not exist", connections.Current.Find("a")!.Problem);

        _folder.Write("secrets/token", "first");

        Assert.True(connections.Refresh());
        Assert.Null(connections.Current.Find("a")!.Problem);
    }

    [Fact]
    public void A_version_is_the_same_after_a_restart()
    {
        _folder.Write("secrets/token", "first");
        var version = _folder.Connections(FromFile).Current.Find("a")!.CredentialVersion;

        Assert.Matches("^[0-9a-f]{16}$", version);
        Assert.Equal(version, _folder.Connections(FromFile).Current.Find("a")!.CredentialVersion);
    }

    [Fact]
    public void A_version_tells_nothing_without_the_key()
    {
        _folder.Write("secrets/token", "first");
        var version = _folder.Connections(FromFile).Current.Find("a")!.CredentialVersion;

        File.Delete(Path.Combine(_folder.Path, "credential-version.key"));

        Assert.NotEqual(version, _folder.Connections(FromFile).Current.Find("a")!.CredentialVersion);
    }

    [Fact]
    public void The_key_is_for_the_gateway_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permission.");
        CredentialKey.LoadOrCreate(_folder.Path);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "credential-version.key")));
        }
    }

    [Fact]
    public void Versions_differ_where_anything_of_the_sign_in_differs()
    {
        _folder.Environment["ONE"] = "12";
        _folder.Environment["TWO"] = "3";
        _folder.Environment["THREE"] = "1";
        _folder.Environment["FOUR"] = "23";
        var book = _folder.Connections(
            """
            { "Connections": {
              "a": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:ONE", "env:TWO" ] } },
              "b": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:ONE", "env:TWO" ] } },
              "c": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:THREE", "env:FOUR" ] } },
              "d": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:ONE" ] } },
              "e": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:ONE" ], "UrlToken": "env:TWO" } } } }
            """).Current;

        Assert.Equal(5, book.All.Select(connection => connection.CredentialVersion).Distinct().Count());
        Assert.Equal(["a", "b", "c", "d", "e"], book.ForConnector("meltingspot").Select(connection => connection.Name));
        Assert.Empty(book.ForConnector("slack"));
    }

    [Fact]
    public void One_of_several_secrets_is_enough_to_take_events()
    {
        _folder.Environment["ONE"] = "first";
        var connection = _folder.Connections(
            """{ "Connections": { "a": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:GONE", "env:ONE" ], "UrlToken": "env:GONE" } } } }""")
            .Current.Find("a")!;

        Assert.Null(connection.Problem);
        Assert.Equal("first", Assert.Single(connection.Secrets["SigningSecrets"]).Reveal());
    }

    private static string Token(Connection connection) => Assert.Single(connection.Secrets["BotToken"]).Reveal();
}
