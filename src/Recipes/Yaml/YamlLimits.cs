namespace ConnectorHub.Recipes.Yaml;

/// <summary>How much a recipe file may ask of the reader. Far above any real recipe, far below what hurts.</summary>
internal static class YamlLimits
{
    public const int Bytes = 256 * 1024;
    public const int Depth = 32;
    public const int Aliases = 64;

    /// <summary>Counted with every alias written out.</summary>
    public const long Nodes = 50_000;
}
