namespace Otp.Cluster.Processes;

/// <summary>Time since a run began, on a clock that only goes forward.</summary>
internal sealed class RunClock
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);
}
