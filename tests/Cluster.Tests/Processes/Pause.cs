namespace Otp.Cluster.Processes;

/// <summary>Waiting in real time, for processes that have no other clock.</summary>
internal static class Pause
{
    public static Task ForAsync(TimeSpan span, CancellationToken cancellationToken = default) =>
        span > TimeSpan.Zero ? Task.Delay(span, TimeProvider.System, cancellationToken) : Task.CompletedTask;

    /// <summary>Asks every 25 ms until the answer is yes.</summary>
    /// <returns>False if it was not before the limit.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> question, TimeSpan limit)
    {
        var clock = new RunClock();
        while (!await question())
        {
            if (clock.Now > limit)
            {
                return false;
            }

            await ForAsync(TimeSpan.FromMilliseconds(25));
        }

        return true;
    }
}
