using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Everything a silo is made of.</summary>
internal static class SiloServices
{
    internal static void Add(ISiloBuilder silo) => silo.Services.AddOptions();
}
