namespace Otp.Hosting;

/// <summary>What a process does before it starts, so that those it serves first do not wait for its code to be compiled.</summary>
/// <param name="RunAsync">Does it. Nothing of the process has been started, and nothing listens to its metrics.</param>
public sealed record ProcessWarmUp(Func<Task> RunAsync);
