using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>What the application's assemblies offer to the engine: grain classes and providers.</summary>
/// <remarks>The assemblies are those loaded, referenced, or named as parts, directly or not, that reference the engine.</remarks>
internal static class ApplicationTypes
{
    private static readonly AssemblyName Engine = typeof(IGrain).Assembly.GetName();

    private static readonly ConcurrentDictionary<Assembly, Type[]> Classes = new();

    internal static IEnumerable<Type> GrainClasses() => Assemblies().SelectMany(static assembly => Classes.GetOrAdd(assembly, ClassesOf));

    internal static IEnumerable<RegisterProviderAttribute> Providers() =>
        Assemblies().SelectMany(static assembly => assembly.GetCustomAttributes<RegisterProviderAttribute>());

    private static Type[] ClassesOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(static type =>
            type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(IGrainBase)) && type.IsAssignableTo(typeof(IGrain)))];

    private static List<Assembly> Assemblies()
    {
        var pending = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(static assembly => !assembly.IsDynamic && !IsFramework(assembly.GetName())));
        var seen = pending.Select(static assembly => assembly.GetName().Name!).ToHashSet(StringComparer.Ordinal);
        var found = new List<Assembly>();
        while (pending.TryDequeue(out var assembly))
        {
            AssemblyName[] references =
            [
                .. assembly.GetReferencedAssemblies(),
                .. assembly.GetCustomAttributes<ApplicationPartAttribute>().Select(static part => new AssemblyName(part.AssemblyName)),
            ];
            if (references.Any(static reference => reference.Name == Engine.Name))
            {
                found.Add(assembly);
            }

            foreach (var reference in references.Where(reference => !IsFramework(reference) && seen.Add(reference.Name!)))
            {
                if (TryLoad(reference) is { } loaded)
                {
                    pending.Enqueue(loaded);
                }
            }
        }

        return found;
    }

    private static bool IsFramework(AssemblyName name) =>
        name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name.Name is "System" or "mscorlib" or "netstandard";

    // A reference may be to something that is not deployed because nothing uses it.
    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
