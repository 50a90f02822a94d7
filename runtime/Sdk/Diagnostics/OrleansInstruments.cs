using System.Diagnostics.Metrics;

namespace Orleans.Runtime;

/// <summary>The engine's meter, one a silo or client, so that silos in one process count apart.</summary>
internal sealed class OrleansInstruments(IMeterFactory meters)
{
    internal Meter Meter { get; } = meters.Create("Microsoft.Orleans");
}
