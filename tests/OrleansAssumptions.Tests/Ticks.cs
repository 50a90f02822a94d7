namespace Otp.OrleansAssumptions;

/// <summary>Counts ticks and lets a test wait for the next.</summary>
internal sealed class Ticks : IDisposable
{
    private readonly SemaphoreSlim _counted = new(0);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add()
    {
        Interlocked.Increment(ref _count);
        _counted.Release();
    }

    public void Dispose() => _counted.Dispose();

    /// <summary>Completes at the tick of that number; fails if there was one more.</summary>
    public async Task ReachAsync(int count)
    {
        while (Count < count)
        {
            await _counted.WaitAsync(TestContext.Current.CancellationToken).InTime();
        }

        Assert.Equal(count, Count);
    }
}
