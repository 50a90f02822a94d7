namespace Orleans.Otp.Conformance.Persistence;

[GenerateSerializer]
[Alias("otp.conformance.counter-state")]
public sealed class CounterState
{
    [Id(0)]
    public int Value { get; set; }
}
