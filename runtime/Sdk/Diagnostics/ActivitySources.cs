using System.Diagnostics;

namespace Orleans.Diagnostics;

/// <summary>Where the spans of grain calls come from.</summary>
public static class ActivitySources
{
    /// <summary>Calls of an application's grains.</summary>
    public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";

    /// <summary>Calls of grains whose interface is in a namespace that begins with <c>Orleans</c>.</summary>
    public const string RuntimeActivitySourceName = "Microsoft.Orleans.Runtime";

    private static readonly ActivitySource Application = new(ApplicationGrainActivitySourceName);
    private static readonly ActivitySource Runtime = new(RuntimeActivitySourceName);

    /// <summary>The source of an interface's calls, which Orleans chooses by the namespace.</summary>
    internal static ActivitySource Of(Type grainInterface) =>
        grainInterface.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true ? Runtime : Application;
}
