namespace Otp.Health;

/// <summary>Tells whether a silo can serve.</summary>
[Alias("otp.IHealthGrain")]
public interface IHealthGrain : IGrainWithStringKey
{
    /// <summary>The only key there is.</summary>
    const string Key = "ready";

    /// <summary>Ends without a fault if the silo's storage answers.</summary>
    [Alias("Check")]
    Task Check();
}
