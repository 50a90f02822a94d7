using Orleans.Storage;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary>A storage that cannot be reached.</summary>
internal sealed class DownStorage : IGrainStorage
{
    public const string Message = "storage is down";

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException(Message);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException(Message);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException(Message);
}
