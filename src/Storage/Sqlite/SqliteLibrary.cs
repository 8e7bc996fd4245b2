using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// Which native SQLite runs. The packaged one is 3.35.5; an operating system that is kept up to date usually has a newer one with
/// years of fixes, so that one is taken where it loads.
/// </summary>
internal static class SqliteLibrary
{
    private const string Packaged = "e_sqlite3";
    private const string OfTheSystem = "libsqlite3.so.0";

    private static readonly Lazy<(string Name, string Version)> Loaded = new(Load);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int NumberOf();

    public static string Name => Loaded.Value.Name;

    public static string Version => Loaded.Value.Version;

    private static (string Name, string Version) Load()
    {
        // Must be in place before the first native call: a library chosen later would serve only the functions not yet bound.
        var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        var name = Packaged;
        if (NewerOfTheSystem(provider) is { } handle)
        {
            NativeLibrary.SetDllImportResolver(provider, (library, _, _) => library == Packaged ? handle : IntPtr.Zero);
            name = OfTheSystem;
        }

        Batteries_V2.Init();
        return (name, raw.sqlite3_libversion().utf8_to_string());
    }

    private static IntPtr? NewerOfTheSystem(Assembly provider)
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(OfTheSystem, out var system))
        {
            return null;
        }

        var packaged = NativeLibrary.TryLoad(Packaged, provider, null, out var ours) ? Number(ours, "sqlite3_libversion_number") : 0;
        var threadSafe = Number(system, "sqlite3_threadsafe") != 0;
        return threadSafe && Number(system, "sqlite3_libversion_number") > packaged ? system : null;
    }

    private static int Number(IntPtr library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address)
            ? Marshal.GetDelegateForFunctionPointer<NumberOf>(address)()
            : 0;
}
