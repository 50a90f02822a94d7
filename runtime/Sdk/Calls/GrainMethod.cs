using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Name">The method, as people know it.</param>
/// <param name="WireInterface">The interface as other processes know it, in UTF-8: its alias, or else its full name.</param>
/// <param name="WireName">The method likewise.</param>
/// <param name="Arguments">The types of its arguments.</param>
/// <param name="ResponseTimeout">How long its callers wait, if it has a time of its own.</param>
internal sealed record GrainMethod(
    Type Interface, string Name, byte[] WireInterface, byte[] WireName, Type[] Arguments, TimeSpan? ResponseTimeout)
{
    private Codec?[]? _codecs;

    /// <summary>The interface, as people know it.</summary>
    internal string InterfaceName => Interface.Name;

    /// <summary>Where the spans of its calls come from.</summary>
    internal ActivitySource Source { get; } = ActivitySources.Of(Interface);

    /// <summary>The name of those spans.</summary>
    internal string SpanName { get; } = $"{Interface.Name}/{Name}";

    /// <summary>The method as those spans are tagged with it.</summary>
    internal string FullName { get; } = $"{Interface.FullName}/{Name}";

    /// <summary>The codecs of the arguments; none for a token, which does not travel.</summary>
    /// <exception cref="NotSupportedException">A type cannot travel.</exception>
    internal Codec?[] Codecs => _codecs ??= [.. Arguments.Select(static type => type == typeof(CancellationToken) ? null : Serialization.Codecs.Of(type))];
}
