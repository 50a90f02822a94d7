using Otp.Cluster.Faults;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Load;

/// <summary>Workers that carry out the scripts of many targets at a steady pace.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private const int TargetsPerWorker = 16;

    private readonly LoadOptions _options;
    private readonly LoadClient _client;
    private readonly Hiccups _hiccups;
    private readonly RunClock _clock;
    private readonly CancellationTokenSource _stopping = new();
    private Task _workers = Task.CompletedTask;
    private int _targets;

    public LoadRun(LoadOptions options, LoadBalancer balancer, RunClock clock, FaultLog faults)
    {
        _options = options;
        _clock = clock;
        _client = new LoadClient(balancer, clock, faults);
        _hiccups = new Hiccups(clock);
        Results = new LoadResults(faults, _hiccups);
    }

    public LoadResults Results { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _hiccups.Start();
        _workers = Task.WhenAll(Enumerable.Range(0, _options.Workers).Select(worker => Task.Run(() => WorkAsync(worker), CancellationToken.None)));
    }

    /// <summary>Ends when all that was begun is answered.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _workers;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _hiccups.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task WorkAsync(int worker)
    {
        var random = new Random((_options.Seed * 1000) + worker);
        var targets = new List<TargetScript>();
        var period = TimeSpan.FromSeconds((double)_options.Workers / _options.ActsPerSecond);
        var next = _clock.Now + (period * random.NextDouble());
        while (!_stopping.IsCancellationRequested)
        {
            await Pause.ForAsync(next - _clock.Now, CancellationToken.None);

            // After a stall the pace goes on as before; what was missed is not made up for.
            next = (next > _clock.Now - period ? next : _clock.Now) + period;
            var index = random.Next(TargetsPerWorker);
            if (index >= targets.Count)
            {
                index = targets.Count;
                targets.Add(NewTarget(random));
            }

            await targets[index].ActAsync();
            if (targets[index].IsOver)
            {
                targets.RemoveAt(index);
            }
        }
    }

    private TargetScript NewTarget(Random random)
    {
        var name = $"{_options.Seed}-{Interlocked.Increment(ref _targets)}@load.example.com";
        var usesVerify = random.Next(3) == 0;
        return new TargetScript(name, random.Next(2) == 0 ? Rules.Standard : Rules.Hasty, usesVerify, _client, Results, random);
    }
}
