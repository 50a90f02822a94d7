namespace Orleans.Otp.Conformance.Activations;

[Alias("otp.conformance.brief")]
public interface IBriefGrain : IGrainWithStringKey
{
    Task Touch();
}
