namespace Orleans.Otp.Conformance.Activations;

[Alias("otp.conformance.worker")]
public interface IWorkerGrain : IGrainWithStringKey
{
    Task Do(string step);
}
