using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Otp.Storage;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary>A storage that cannot be reached for the records of some grains.</summary>
/// <param name="working">Where the records of all others are.</param>
/// <param name="grainTypes">The types of the grains.</param>
internal sealed class DownStorage(IGrainStorage working, params string[] grainTypes) : IGrainStorage
{
    public const string Message = "storage is down";

    /// <summary>Breaks the storage of a gateway for the records of some grains.</summary>
    public static void Break(WebApplicationBuilder builder, params string[] grainTypes) => builder.Services.AddSingleton(services =>
    {
        var storage = new DownStorage(services.GetRequiredKeyedService<IGrainStorage>("day"), grainTypes);
        return new RecordStorage([(TimeSpan.MaxValue, storage)], services.GetRequiredService<TimeProvider>());
    });

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Reach(grainId).ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Reach(grainId).WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Reach(grainId).ClearStateAsync(stateName, grainId, grainState);

    private IGrainStorage Reach(GrainId grain) => grainTypes.Contains(grain.Type.ToString()) ? throw new IOException(Message) : working;
}
