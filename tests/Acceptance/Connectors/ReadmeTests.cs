using ConnectorHub.Connectors;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>The tables in the READMEs are made here, when asked; the suite's rule 'readme' holds them to the code.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void A_file_named_regenerate_has_the_tables_written_anew()
    {
        var asked = Path.Combine(ConnectorReadme.Root(), ConnectorReadme.Switch);
        if (File.Exists(asked))
        {
            foreach (var connector in ConnectorCatalog.All)
            {
                ConnectorReadme.Of(connector).Write();
            }

            File.Delete(asked);
        }

        Assert.DoesNotContain(ConnectorCatalog.All.Select(ConnectorReadme.Of), readme => readme.Text != readme.Rewritten);
    }
}
