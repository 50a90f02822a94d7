using System.Runtime.CompilerServices;

namespace Orleans.Storage;

/// <summary>The state of a grain that has no record.</summary>
internal static class NewState<T>
{
    private static readonly Func<T> Make = typeof(T) switch
    {
        { IsValueType: true } => static () => default!,
        { IsAbstract: true } or { IsArray: true } => static () => default!,
        var type when type.GetConstructor(Type.EmptyTypes) is not null => Activator.CreateInstance<T>,
        var type => () => (T)RuntimeHelpers.GetUninitializedObject(type),
    };

    internal static T Create() => Make();
}
