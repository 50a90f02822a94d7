using System.Reflection;

namespace Orleans.Otp.Architecture.Surface;

/// <summary>
/// Renders the public surface of assemblies as text: one line a type, one indented line a member.
/// Left out, as they bind no caller: nullability, generic constraints, attributes, operators.
/// </summary>
internal static class ApiSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Render(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => Render(assembly).Prepend("## " + assembly.GetName().Name));

    /// <summary>Full names of the visible types as metadata has them: nesting by a dot, arity by a backtick.</summary>
    public static IEnumerable<string> VisibleTypes(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(a => a.GetTypes()).Where(IsVisible).Select(t => t.FullName!.Replace('+', '.'));

    private static IEnumerable<string> Render(Assembly assembly) =>
        from type in assembly.GetTypes()
        where IsVisible(type)
        orderby TypeName.Of(type)
        from line in Members(type).Select(member => "  " + member).Prepend(Header(type))
        select line;

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsInterface: true } => "interface",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = type.GetInterfaces().Where(i => i.IsVisible).Select(TypeName.Of);
        if (type.IsClass && type.BaseType is { } parent && parent != typeof(object))
            bases = bases.Prepend(TypeName.Of(parent));
        var list = string.Join(", ", bases);
        return $"{kind} {TypeName.Of(type)}{(list.Length == 0 ? string.Empty : " : " + list)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), provider: null)}");

        return type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)).Select(MemberText.Of)
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(MemberText.Of))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible)).Select(MemberText.Of))
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(MemberText.Of))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !m.IsSpecialName)
                .OrderBy(m => m.Name, StringComparer.Ordinal).Select(MemberText.Of));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
