using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Tests.Unit.Architecture;

namespace ConnectorHub.Tests.Unit.Scripting;

/// <summary>The table of built-ins in recipes/README.md says what a script finds beyond ES5, neither more nor less.</summary>
public sealed partial class BuiltInsTableTests(Scripts scripts) : IClassFixture<Scripts>
{
    private const string OldNames = """
        constructor prototype length name arguments caller toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable
        getPrototypeOf getOwnPropertyDescriptor getOwnPropertyNames create defineProperty defineProperties seal freeze preventExtensions isSealed isFrozen isExtensible keys
        isArray concat join pop push reverse shift slice sort splice unshift indexOf lastIndexOf every some forEach map filter reduce reduceRight
        fromCharCode charAt charCodeAt localeCompare match replace search split substring substr toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase trim
        MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY toFixed toExponential toPrecision
        E LN10 LN2 LOG2E LOG10E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp floor log max min pow random round sin sqrt tan
        exec test source global ignoreCase multiline lastIndex
        """;

    private static readonly string[] Holders =
        ["Object", "Array", "Array.prototype", "String", "String.prototype", "Number", "Math", "RegExp.prototype", "Map", "Map.prototype", "Set.prototype", "WeakMap.prototype", "WeakSet.prototype"];

    [Fact]
    public async Task The_table_names_every_built_in_that_came_after_ES5()
    {
        var old = OldNames.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var code = $"return [{string.Join(", ", Holders)}].map(function (holder) {{ return Object.getOwnPropertyNames(holder) }})";
        var found = JsonSerializer.Deserialize<string[][]>(await scripts.Json(code))!;
        // keys is old for Object and newer for lists.
        var newer = Holders.Zip(found, (holder, names) => (
            Holder: holder,
            Names: string.Join(", ", names.Where(name => !name.StartsWith('@') && (!old.Contains(name) || (name == "keys" && holder != "Object"))).Order(StringComparer.Ordinal))));

        Assert.Equal(newer.Where(each => each.Names.Length > 0).Select(each => $"| `{each.Holder}` | {each.Names} |"), Rows());
    }

    private static IEnumerable<string> Rows() =>
        SourceTree.Read("recipes/README.md").Split('\n').Select(line => line.TrimEnd()).Where(line => Row().IsMatch(line));

    [GeneratedRegex(@"^\| `(Object|Array|String|Number|Math|RegExp|Map|Set|WeakMap|WeakSet)(\.prototype)?` \|")]
    private static partial Regex Row();
}
