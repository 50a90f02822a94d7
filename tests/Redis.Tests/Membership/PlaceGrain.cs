using Orleans.Runtime;

namespace Orleans.Otp.Redis.Membership;

public sealed class PlaceGrain(ILocalSiloDetails silo) : Grain, IPlaceGrain
{
    public Task<string> Silo() => Task.FromResult($"{silo.Name} {silo.SiloAddress}");
}
