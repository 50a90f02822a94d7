namespace Orleans.Otp.Conformance.Activations;

/// <summary>What stateless workers do, by step.</summary>
public sealed class WorkerScript
{
    public Func<string, Task> Work { get; set; } = _ => Task.CompletedTask;
}
