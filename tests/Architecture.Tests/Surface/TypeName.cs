namespace Orleans.Otp.Architecture.Surface;

/// <summary>A type's name in the surface text: full, but short for C#'s common keywords and the System namespaces in every file's scope.</summary>
internal static class TypeName
{
    private static readonly HashSet<string> InScope =
        ["System", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks"];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsByRef || type.IsPointer)
            return Of(type.GetElementType()!);
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";

        var generics = type.GetGenericArguments();
        if (type.IsNested)
        {
            var outer = type.DeclaringType!;
            var own = outer.GetGenericArguments().Length;
            return $"{Of(outer)}.{WithArguments(type.Name, generics[own..])}";
        }

        var name = WithArguments(type.Name, generics);
        return type.Namespace is null || InScope.Contains(type.Namespace) ? name : $"{type.Namespace}.{name}";
    }

    private static string WithArguments(string name, Type[] arguments) =>
        arguments.Length == 0 ? name : $"{name.Split('`')[0]}<{string.Join(", ", arguments.Select(Of))}>";
}
