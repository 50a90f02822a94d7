using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Follows the membership table for a process that is no silo. While the table does not answer, the last view stays.</summary>
internal sealed partial class ClientMembership : IClusterViews, IHostedService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ClusterViews _views = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IMembershipLeases _table;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ViewPoll _poll;
    private Task _rounds = Task.CompletedTask;
    private bool _isAway;

    public ClientMembership(
        IMembershipLeases table, [FromKeyedServices(TimeProviderNames.Membership)] TimeProvider clock, ILogger<ClientMembership> logger)
    {
        _table = table;
        _clock = clock;
        _logger = logger;
        _poll = new ViewPoll(RoundAsync, clock);
    }

    public ClusterView Current => _views.Current;

    public Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken) => _views.NewerThanAsync(version, cancellationToken);

    public Task RefreshAsync() => _poll.AskAsync();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _rounds = Task.Run(() => _poll.RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _rounds;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<TimeSpan> RoundAsync()
    {
        try
        {
            var reply = await _table.ReadAsync(Current.Version).WaitAsync(Patience, _clock);
            if (reply.View is { } view)
            {
                _views.TryPublish(view);
            }

            if (_isAway)
            {
                _isAway = false;
                LogTableBack(_logger);
            }

            return reply.NextEnd;
        }
        catch (Exception exception)
        {
            if (!_isAway)
            {
                _isAway = true;
                LogTableAway(_logger, exception);
            }

            return ViewPoll.RetryPause;
        }
    }

    [LoggerMessage(EventId = 76, Level = LogLevel.Warning, Message = "The membership table does not answer; the last known silos are used.")]
    private static partial void LogTableAway(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 77, Level = LogLevel.Information, Message = "The membership table answers again.")]
    private static partial void LogTableBack(ILogger logger);
}
