using Orleans.Concurrency;
using Otp.Customers;
using Otp.Storage;

namespace Otp.Health;

/// <summary>Asks the storage of the silo that it happens to be on for a record that never exists.</summary>
[GrainType("health")]
[StatelessWorker]
public sealed class HealthGrain(RecordStorage storage) : Grain, IHealthGrain
{
    private static readonly GrainId Nobody = GrainId.Create("health", IHealthGrain.Key);

    public Task Check() => storage.Any.ReadStateAsync("state", Nobody, new GrainState<SessionState>(new SessionState()));
}
