using System.Reflection;

namespace Orleans.Otp.Architecture;

/// <summary>The assemblies of the stand-in engine, as found beside the tests.</summary>
internal static class StandIn
{
    public const string Prefix = "Orleans.StandIn.";

    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, Prefix + "*.dll")
            .Order(StringComparer.Ordinal)
            .Select(path => Assembly.Load(Path.GetFileNameWithoutExtension(path))),
    ];
}
