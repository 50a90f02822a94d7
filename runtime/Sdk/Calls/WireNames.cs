using System.Reflection;
using System.Text;

namespace Orleans.Runtime;

/// <summary>What interfaces and methods are called between processes: by their alias, or else by their name in code.</summary>
internal static class WireNames
{
    internal static byte[] Of(Type grainInterface) => Encoding.UTF8.GetBytes(AliasOf(grainInterface) ?? grainInterface.FullName!);

    internal static byte[] Of(MethodInfo method) => Encoding.UTF8.GetBytes(AliasOf(method) ?? method.Name);

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias;
}
