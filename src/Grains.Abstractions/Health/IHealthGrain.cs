namespace Otp.Health;

/// <summary>Tells whether a silo can serve.</summary>
[Alias("otp.IHealthGrain")]
public interface IHealthGrain : IGrainWithStringKey
{
    /// <summary>The key that <c>/health/ready</c> asks. Another key may lead to another silo.</summary>
    const string Key = "ready";

    /// <summary>Ends without a fault if the silo's storage answers.</summary>
    [Alias("Check")]
    Task Check();
}
