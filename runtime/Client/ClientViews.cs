using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>The cluster as a client sees it: the membership table, read twice a second and whenever there is reason to.</summary>
internal sealed partial class ClientViews : IClusterViews, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(4);

    private readonly IMembershipLeases _table;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ClusterViews _views = new();
    private readonly ViewPoll _poll;
    private readonly CancellationTokenSource _stopping = new();
    private Task _rounds = Task.CompletedTask;
    private bool _isAway;

    public ClientViews(
        IMembershipLeases table, [FromKeyedServices(TimeProviderNames.Membership)] TimeProvider clock, ILogger<ClientViews> logger)
    {
        _table = table;
        _clock = clock;
        _logger = logger;
        _poll = new ViewPoll(ReadAsync, clock);
    }

    public ClusterView Current => _views.Current;

    public Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken) => _views.NewerThanAsync(version, cancellationToken);

    public Task RefreshAsync() => _poll.AskAsync();

    /// <summary>Reads the table once, and from then on again and again.</summary>
    /// <exception cref="OrleansException">It does not answer, or refuses.</exception>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await _table.ReadAsync(Current.Version).WaitAsync(StartPatience, _clock, cancellationToken);
            if (reply.View is { } view)
            {
                _views.TryPublish(view);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OrleansException("The membership table of the cluster cannot be read.", exception);
        }

        _rounds = Task.Run(() => _poll.RunAsync(_stopping.Token), CancellationToken.None);
    }

    internal async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _rounds;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<TimeSpan> ReadAsync()
    {
        try
        {
            var reply = await _table.ReadAsync(Current.Version).WaitAsync(Patience, _clock);
            if (_isAway)
            {
                _isAway = false;
                LogTableBack(_logger);
            }

            if (reply.View is { } view)
            {
                _views.TryPublish(view);
            }

            return reply.NextEnd;
        }
        catch (Exception exception)
        {
            if (!_isAway)
            {
                _isAway = true;
                LogTableAway(_logger, exception.Message);
            }

            return ViewPoll.RetryPause;
        }
    }

    [LoggerMessage(EventId = 62, Level = LogLevel.Warning, Message = "The membership table does not answer: {Reason}")]
    private static partial void LogTableAway(ILogger logger, string reason);

    [LoggerMessage(EventId = 63, Level = LogLevel.Information, Message = "The membership table answers again.")]
    private static partial void LogTableBack(ILogger logger);
}
