namespace Orleans.Hosting;

/// <summary>Something to do while the silo starts.</summary>
/// <param name="Stage">When: one of <see cref="ServiceLifecycleStage"/>, or a number between.</param>
/// <param name="Run">What.</param>
internal sealed record StartupTask(int Stage, Func<IServiceProvider, CancellationToken, Task> Run);
