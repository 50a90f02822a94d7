using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Otp.Architecture.Surface;

/// <summary>One member's line in the surface text.</summary>
internal static class MemberText
{
    public static string Of(ConstructorInfo constructor) => $"{Access(constructor)}ctor({Parameters(constructor)})";

    public static string Of(FieldInfo field) =>
        $"{(field.IsPublic ? string.Empty : "protected ")}field {(field.IsStatic ? "static " : string.Empty)}{TypeName.Of(field.FieldType)} {field.Name}"
        + (field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : string.Empty);

    public static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(a => !a.IsPrivate && !a.IsAssembly && !a.IsFamilyAndAssembly).ToList();
        var text = (accessors.Contains(property.GetMethod!) ? "get;" : string.Empty) + (accessors.Contains(property.SetMethod!) ? "set;" : string.Empty);
        var access = accessors.Exists(a => a.IsPublic) ? string.Empty : "protected ";
        return $"{access}{(accessors[0].IsStatic ? "static " : string.Empty)}{TypeName.Of(property.PropertyType)} {property.Name} {{{text}}}";
    }

    public static string Of(EventInfo e) => $"{Access(e.AddMethod!)}event {TypeName.Of(e.EventHandlerType!)} {e.Name}";

    public static string Of(MethodInfo method)
    {
        var kind = method switch
        {
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => string.Empty,
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => string.Empty,
        };
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Of))}>" : string.Empty;
        return $"{Access(method)}{kind}{TypeName.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Access(MethodBase method) => method.IsPublic ? string.Empty : "protected ";

    private static string Parameters(MethodBase method)
    {
        var text = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " + text : text;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : string.Empty;
        return $"{passing}{TypeName.Of(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : string.Empty)}";
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        string text => $"\"{text}\"",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
