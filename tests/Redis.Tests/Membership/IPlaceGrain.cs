namespace Orleans.Otp.Redis.Membership;

/// <summary>Tells where it lives.</summary>
[Alias("otp.redis.place")]
public interface IPlaceGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:03")]
    Task<string> Silo();
}
