namespace Orleans.Otp.Conformance.Activations;

/// <summary>What became of the one <see cref="BriefGrain"/> of a test.</summary>
public sealed class BriefLog
{
    public TaskCompletionSource<DeactivationReason> Deactivated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
