namespace Otp.Targets;

/// <summary>A message that is being delivered.</summary>
/// <param name="Operation">The id of the send.</param>
internal sealed record MessageUnderWay(Guid Operation)
{
    public TaskCompletionSource<bool> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
