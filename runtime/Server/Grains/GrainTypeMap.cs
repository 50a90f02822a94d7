using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Which grain class stands behind a grain type and behind an interface.</summary>
internal sealed class GrainTypeMap
{
    private readonly Dictionary<GrainType, List<Type>> _classes = [];

    internal GrainTypeMap(IServiceProvider services)
    {
        foreach (var type in ApplicationTypes.GrainClasses())
        {
            var grainType = GrainTypeOf(type, services);
            if (!_classes.TryGetValue(grainType, out var classes))
            {
                _classes.Add(grainType, classes = []);
            }

            classes.Add(type);
        }
    }

    internal IEnumerable<(Type Class, GrainType GrainType)> All() => _classes.SelectMany(static entry => entry.Value, static (entry, type) => (type, entry.Key));

    /// <summary>The one class of a grain type.</summary>
    internal Type ClassOf(GrainType grainType) => _classes.GetValueOrDefault(grainType) switch
    {
        [var only] => only,
        null => throw new ArgumentException($"No grain class has the grain type '{grainType}'.", nameof(grainType)),
        var several => throw new ArgumentException(
            $"The grain type '{grainType}' belongs to several classes; give each its own [GrainType]: {Names(several)}.", nameof(grainType)),
    };

    /// <summary>The one grain type behind an interface.</summary>
    internal GrainType Resolve(Type grainInterface, string? classNamePrefix)
    {
        var found = _classes.SelectMany(static entry => entry.Value, static (entry, type) => (GrainType: entry.Key, Type: type))
            .Where(entry => grainInterface.IsAssignableFrom(entry.Type)
                && (classNamePrefix is null || entry.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal)))
            .ToArray();
        return found switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}.", nameof(grainInterface)),
            _ => throw new ArgumentException(
                $"Several grain classes implement {grainInterface}; name one by the start of its full name: {Names(found.Select(static entry => entry.Type))}.",
                nameof(grainInterface)),
        };
    }

    private static GrainType GrainTypeOf(Type type, IServiceProvider services)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } attribute)
        {
            return attribute.GetGrainType(services, type);
        }

        const string Suffix = "grain";
#pragma warning disable CA1308 // The name's form is Microsoft Orleans'; it is part of what is stored.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return GrainType.Create(name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name);
    }

    private static string Names(IEnumerable<Type> types) => string.Join(", ", types.Select(static type => type.FullName));
}
