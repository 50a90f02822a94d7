using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The membership table of one test cluster.</summary>
/// <remarks>Its leases are long, so that a busy machine breaks no test; a kill ends the victim's at once.</remarks>
internal sealed class InProcessMembership : IMembershipLeases
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, (ClusterMember Member, long Renewed)> _rows = [];
    private ClusterView _view = new(1, []);

    public TimeSpan Duration { get; } = TimeSpan.FromSeconds(20);

    public Task<LeaseReply> JoinAsync(ClusterMember member, long knownVersion) => Run(knownVersion, () =>
    {
        var isNew = !_rows.ContainsKey(member.Silo);
        return isNew && Set(member);
    });

    public Task<LeaseReply> RenewAsync(ClusterMember member, long knownVersion) =>
        Run(knownVersion, () => _rows.ContainsKey(member.Silo) && Set(member));

    public Task<LeaseReply> ReadAsync(long knownVersion) => Run(knownVersion, static () => false);

    public Task LeaveAsync(ClusterMember member)
    {
        Remove(member.Silo);
        return Task.CompletedTask;
    }

    internal void Remove(SiloAddress silo)
    {
        lock (_lock)
        {
            _rows.Remove(silo);
        }
    }

    private bool Set(ClusterMember member)
    {
        _rows[member.Silo] = (member, TimeProvider.System.GetTimestamp());
        return true;
    }

    private Task<LeaseReply> Run(long knownVersion, Func<bool> operation)
    {
        lock (_lock)
        {
            foreach (var (silo, (_, renewed)) in _rows)
            {
                if (TimeProvider.System.GetElapsedTime(renewed) > Duration)
                    _rows.Remove(silo);
            }

            var isMember = operation();
            var view = new ClusterView(_view.Version + 1, _rows.Values.Select(static row => row.Member));
            if (!view.Members.SequenceEqual(_view.Members))
                _view = view;
            return Task.FromResult(new LeaseReply(isMember, _view.Version == knownVersion ? null : _view, Duration));
        }
    }
}
