using System.Globalization;
using ConnectorHub.Recipes;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs;

/// <summary>Why a recipe's script is not run now.</summary>
/// <param name="Again">How long until it may be asked for again.</param>
internal sealed record Rest(string Sentence, TimeSpan Again);

/// <summary>The recipe whose scripts are watched, in the version of that hash.</summary>
internal readonly record struct Patient(string Recipe, string Hash, string File)
{
    public static Patient Of(Recipe recipe) => new(recipe.Id, recipe.Hash, recipe.File);
}

/// <summary>A recipe whose scripts rest.</summary>
public sealed record RestingRecipe(string Recipe, string File, DateTimeOffset Until, string Sentence);

/// <summary>
/// Keeps a recipe whose scripts end their process again and again from doing so with every event: its runs wait, others go on.
/// It rests for a minute, then one run is tried; if that ends its process too, for twice as long, up to an hour. A changed recipe starts anew.
/// </summary>
public sealed class ScriptQuarantine(TimeProvider time, ILogger<ScriptQuarantine> logger)
{
    internal const int Deaths = 5;
    internal static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterTrial = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ward> _wards = new(StringComparer.Ordinal);

    /// <summary>Those that rest now.</summary>
    public IReadOnlyList<RestingRecipe> Resting
    {
        get
        {
            var now = time.GetUtcNow();
            lock (_lock)
                return [.. _wards.Where(ward => ward.Value.Until > now).OrderBy(ward => ward.Key, StringComparer.Ordinal).Select(ward => new RestingRecipe(ward.Key, ward.Value.File, ward.Value.Until, Sentence(ward.Value)))];
        }
    }

    /// <summary>Null where a script of the recipe may run; <see cref="Leave"/> must then follow.</summary>
    internal Rest? Enter(Patient recipe)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_wards.TryGetValue(recipe.Recipe, out var ward))
                return null;
            if (ward.Hash != recipe.Hash || (ward.Rests > 0 && now - ward.Until > LongestRest))
            {
                _wards.Remove(recipe.Recipe);
                return null;
            }

            if (ward.Until > now)
                return new Rest(Sentence(ward), ward.Until - now);
            if (ward.Rests > 0 && ward.IsTried)
                return new Rest($"{ward.File}: its scripts rested, and one run is tried first.", AfterTrial);
            ward.IsTried = true;
            return null;
        }
    }

    /// <summary>A script of the recipe came to an end.</summary>
    /// <param name="died">True where it took its process with it; null where that is not known, as nobody waited.</param>
    internal void Leave(Patient recipe, bool? died)
    {
        lock (_lock)
        {
            if (_wards.TryGetValue(recipe.Recipe, out var ward) && ward.Hash == recipe.Hash)
            {
                ward.IsTried = false;
                if (died == false)
                    ward.Rests = 0;
            }

            if (died == true)
                Count(recipe);
        }
    }

    private void Count(Patient recipe)
    {
        var now = time.GetUtcNow();
        if (!_wards.TryGetValue(recipe.Recipe, out var ward) || ward.Hash != recipe.Hash)
            _wards[recipe.Recipe] = ward = new Ward(recipe.Hash, recipe.File);
        // It was under way when the rest began.
        if (ward.Until > now)
            return;
        ward.Died.Enqueue(now);
        while (now - ward.Died.Peek() > Within)
            ward.Died.Dequeue();
        if (ward.Rests == 0 && ward.Died.Count < Deaths)
            return;
        ward.Until = now + TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, FirstRest.Ticks << Math.Min(ward.Rests, 10)));
        ward.Rests++;
        ward.Died.Clear();
        Log.ScriptsRest(logger, recipe.Recipe, ward.Until, Deaths);
    }

    private static string Sentence(Ward ward) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ward.File}: the scripts of this recipe ended their process again and again, so they rest until {ward.Until:yyyy-MM-dd HH:mm:ss} UTC and its runs wait. Mend the recipe: a change ends the rest at once.");

    private sealed class Ward(string hash, string file)
    {
        public string Hash { get; } = hash;

        public string File { get; } = file;

        public Queue<DateTimeOffset> Died { get; } = new();

        public DateTimeOffset Until { get; set; } = DateTimeOffset.MinValue;

        public int Rests { get; set; }

        public bool IsTried { get; set; }
    }
}
