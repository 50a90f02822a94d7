using Orleans.Concurrency;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Health;

/// <summary>Reads a record that never exists, to check that its silo reaches the storage.</summary>
[GrainType("health")]
[StatelessWorker]
public sealed class HealthGrain(RecordStorage storage) : Grain, IHealthGrain
{
    private static readonly GrainId NoGrain = GrainId.Create("health", IHealthGrain.Key);

    public Task Check() => storage.Any.ReadStateAsync("state", NoGrain, new GrainState<TargetState>(TargetState.Empty));
}
