using ConnectorHub.Recipes;
using ConnectorHub.Tests.Unit.Support;
using ConnectorHub.Values;
using Path = System.IO.Path;

namespace ConnectorHub.Tests.Unit.Recipes;

public sealed class RecipeFolderTests : IDisposable
{
    private const string Good =
        """
        version: 1
        name: NAME
        when: { source: meltingspot, event: live.updated }
        steps:
          - id: hello
            use: slack.post-message
            with: { channel: "#ops", text: hello }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recipes-");
    private readonly HandClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Ids_are_paths_below_the_folder_and_dotted_names_are_left_alone()
    {
        Write("a.yaml", Good);
        Write("sales/deal-won.yaml", Good);
        Write(".hidden.yaml", Good);
        Write("..data/a.yaml", Good);
        Write("notes.txt", "no recipe");

        using var folder = await OpenAsync();

        Assert.Equal(["a", "sales/deal-won"], folder.Book.Entries.Select(entry => entry.Id));
        Assert.Equal($"{_folder.Name}/sales/deal-won.yaml", folder.Book.Find("sales/deal-won")!.File);
    }

    [Fact]
    public async Task A_file_that_ends_in_yml_is_passed_over_aloud()
    {
        Write("a.yml", Good);

        using var folder = await OpenAsync();

        Assert.Empty(folder.Book.Entries);
        Assert.Equal($"{_folder.Name}/a.yml", Assert.Single(folder.Book.FolderFindings).File);
    }

    [Fact]
    public async Task A_broken_file_costs_the_others_nothing()
    {
        Write("bad.yaml", "version: [");
        Write("good.yaml", Good);

        using var folder = await OpenAsync();

        Assert.NotNull(folder.Book.Find("good")!.Live);
        var bad = folder.Book.Find("bad")!;
        Assert.Null(bad.Live);
        Assert.NotEmpty(bad.Findings);
        Assert.Contains(new BookChange("bad", BookChangeKind.Broken), folder.LastChanges);
    }

    [Fact]
    public async Task A_file_that_becomes_bad_keeps_its_last_good_version()
    {
        Write("a.yaml", Good);
        using var folder = await OpenAsync();
        Write("a.yaml", Good.Replace("post-message", "post-mesage", StringComparison.Ordinal));

        Assert.True(await RefreshAsync(folder));

        var entry = folder.Book.Find("a")!;
        Assert.True(entry.IsLastGood);
        Assert.Equal("slack", entry.Live!.Actions[0].Connector);
        Assert.Equal(FindingCodes.UnknownAction, Assert.Single(entry.Findings).Code);
        Assert.Equal([new BookChange("a", BookChangeKind.KeptLastGood)], folder.LastChanges);
        Assert.Single(folder.Book.Wanting("meltingspot", "live.updated", "meltingspot-main"));
    }

    [Fact]
    public async Task After_a_restart_the_kept_version_stands_in_for_a_broken_file()
    {
        Write("a.yaml", "version: 1\nname: {{ broken");

        using var folder = await OpenAsync(("a", Good));

        var entry = folder.Book.Find("a")!;
        Assert.True(entry.IsLastGood);
        Assert.Equal("NAME", entry.Live!.Name);
        Assert.NotEmpty(entry.Findings);
    }

    [Fact]
    public async Task A_kept_version_whose_file_is_gone_is_removed()
    {
        Write("b.yaml", Good);

        using var folder = await OpenAsync(("a", Good));

        Assert.Null(folder.Book.Find("a"));
        Assert.Contains(new BookChange("a", BookChangeKind.Removed), folder.LastChanges);
    }

    [Fact]
    public async Task A_removed_file_leaves_the_book()
    {
        Write("a.yaml", Good);
        using var folder = await OpenAsync();
        File.Delete(PathOf("a.yaml"));

        Assert.True(await RefreshAsync(folder));

        Assert.Empty(folder.Book.Entries);
        Assert.Empty(folder.Book.Wanting("meltingspot", "live.updated", "meltingspot-main"));
    }

    [Fact]
    public async Task A_folder_that_is_gone_removes_nothing()
    {
        Write("a.yaml", Good);
        using var folder = await OpenAsync();
        _folder.Delete(recursive: true);

        Assert.True(await RefreshAsync(folder));

        Assert.NotNull(folder.Book.Find("a")!.Live);
        Assert.Equal(FindingCodes.Unreadable, Assert.Single(folder.Book.FolderFindings).Code);
        _folder.Create();
    }

    [Fact]
    public async Task Nothing_changed_is_no_change()
    {
        Write("a.yaml", Good);
        using var folder = await OpenAsync();
        var book = folder.Book;

        Assert.False(await RefreshAsync(folder));
        Assert.Same(book, folder.Book);
    }

    [Fact]
    public async Task A_second_write_with_the_same_time_and_length_is_seen()
    {
        Write("a.yaml", Good);
        var written = File.GetLastWriteTimeUtc(PathOf("a.yaml"));
        _clock.Now = written + TimeSpan.FromMilliseconds(5);
        using var folder = await OpenAsync();
        Write("a.yaml", Good.Replace("NAME", "EMAN", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(PathOf("a.yaml"), written);

        Assert.True(await RefreshAsync(folder));

        Assert.Equal("EMAN", folder.Book.Find("a")!.Live!.Name);
    }

    [Fact]
    public async Task Shared_values_are_seen_and_their_change_reloads_every_recipe()
    {
        Write("a.yaml", Good.Replace("\"#ops\"", "\"{{ shared.channel }}\"", StringComparison.Ordinal));
        Write("shared.yaml", "channel: \"#ops\"\n");
        using var folder = await OpenAsync();

        Assert.Empty(folder.Book.Find("a")!.Findings);
        Assert.Equal("#ops", folder.Book.Shared.Member("channel").ToText());

        Write("shared.yaml", "chanel: \"#ops\"\n");
        Assert.True(await RefreshAsync(folder));

        Assert.Equal(FindingCodes.NoSuchPath, Assert.Single(folder.Book.Find("a")!.Findings).Code);
        Assert.True(folder.Book.Find("a")!.IsLastGood);
    }

    [Fact]
    public async Task A_broken_shared_file_keeps_its_last_good_content()
    {
        Write("a.yaml", Good.Replace("\"#ops\"", "\"{{ shared.channel }}\"", StringComparison.Ordinal));
        Write("shared.yaml", "channel: \"#ops\"\n");
        using var folder = await OpenAsync();
        Write("shared.yaml", "channel: [\n");

        Assert.True(await RefreshAsync(folder));

        Assert.Equal("#ops", folder.Book.Shared.Member("channel").ToText());
        Assert.Equal(FindingCodes.NotYaml, Assert.Single(folder.Book.FolderFindings).Code);
        Assert.False(folder.Book.Find("a")!.IsLastGood);
    }

    [Fact]
    public async Task A_file_that_is_not_utf8_is_a_finding()
    {
        File.WriteAllBytes(PathOf("a.yaml"), [0x6E, 0xE9, 0x3A, 0x20, 0xFF]);

        using var folder = await OpenAsync();

        Assert.Contains("UTF-8", Assert.Single(folder.Book.Find("a")!.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_far_too_large_is_a_finding()
    {
        Write("a.yaml", new string('#', 2_000_000));

        using var folder = await OpenAsync();

        Assert.Equal(FindingCodes.TooLarge, Assert.Single(folder.Book.Find("a")!.Findings).Code);
    }

    [Fact]
    public async Task A_byte_order_mark_and_windows_line_ends_are_read()
    {
        Write("a.yaml", "\uFEFF" + Good.Replace("\n", "\r\n", StringComparison.Ordinal));

        using var folder = await OpenAsync();

        Assert.Empty(folder.Book.Find("a")!.Findings);
        Assert.Equal(4, folder.Book.Find("a")!.Live!.Actions[0].Line - 1);
    }

    [Fact]
    public async Task A_link_that_is_pointed_elsewhere_is_read_again()
    {
        var outside = Directory.CreateTempSubdirectory("mounted-");
        var (one, two) = (Path.Combine(outside.FullName, "one"), Path.Combine(outside.FullName, "two"));
        File.WriteAllText(one, Good);
        File.WriteAllText(two, Good.Replace("NAME", "SECOND", StringComparison.Ordinal));
        File.CreateSymbolicLink(PathOf("a.yaml"), one);
        using var folder = await OpenAsync();
        File.Delete(PathOf("a.yaml"));
        File.CreateSymbolicLink(PathOf("a.yaml"), two);

        Assert.True(await RefreshAsync(folder));

        Assert.Equal("SECOND", folder.Book.Find("a")!.Live!.Name);
        outside.Delete(recursive: true);
    }

    [Fact]
    public async Task A_thousand_recipes_load_in_seconds()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Write($"r{i}.yaml", Good);
        }

        // About half a second of processor time; the rest is for a machine that is busy with other tests.
        var start = TimeProvider.System.GetTimestamp();
        using var folder = await OpenAsync();

        Assert.Equal(1_000, folder.Book.Wanting("meltingspot", "live.updated", "any").Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static Task<bool> RefreshAsync(RecipeFolder folder) => folder.RefreshAsync(TestContext.Current.CancellationToken);

    private async Task<RecipeFolder> OpenAsync(params (string Id, string Text)[] lastGood)
    {
        var folder = new RecipeFolder(_folder.FullName, RecipeHouse.Loader().WithShared(Value.Missing), _clock, lastGood);
        Assert.True(await RefreshAsync(folder));
        return folder;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }
}
