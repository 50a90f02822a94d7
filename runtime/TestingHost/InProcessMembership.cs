using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The membership table of one test cluster.</summary>
/// <remarks>Its leases are long, so that a busy machine breaks no test; a kill ends the victim's at once.</remarks>
internal sealed class InProcessMembership : IMembershipLeases
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, Row> _rows = [];
    private ClusterView _view = new(1, []);

    public TimeSpan Duration { get; } = TimeSpan.FromSeconds(20);

    public Task<LeaseReply> JoinAsync(ClusterMember member, long knownVersion) =>
        Run(knownVersion, () => !_rows.ContainsKey(member.Silo) && Set(member, new(knownVersion, [])));

    public Task<LeaseReply> RenewAsync(ClusterMember member, HandedOver handedOver, long knownVersion) =>
        Run(knownVersion, () => _rows.ContainsKey(member.Silo) && Set(member, handedOver));

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

    private bool Set(ClusterMember member, HandedOver handedOver)
    {
        var known = _rows.GetValueOrDefault(member.Silo)?.Member;
        var since = known?.State == member.State ? known.Since : _view.Version + 1;
        _rows[member.Silo] = new(member with { Since = since }, handedOver, TimeProvider.System.GetTimestamp());
        return true;
    }

    private Task<LeaseReply> Run(long knownVersion, Func<bool> operation)
    {
        lock (_lock)
        {
            foreach (var (silo, row) in _rows)
            {
                if (TimeProvider.System.GetElapsedTime(row.Renewed) > Duration)
                    _rows.Remove(silo);
            }

            var isMember = operation();
            var view = new ClusterView(_view.Version + 1, _rows.Values.Select(static row => row.Member));
            if (!view.Members.SequenceEqual(_view.Members))
                _view = view;
            var laggards = _rows.Values.Where(row => row.HandedOver is var handedOver && (handedOver.Version < _view.Version || !handedOver.Except.IsEmpty));
            return Task.FromResult(new LeaseReply(
                isMember,
                _view.Version,
                _view.Version == knownVersion ? null : _view,
                Duration,
                [.. laggards.Select(static row => (row.Member.Silo, row.HandedOver))]));
        }
    }

    private sealed record Row(ClusterMember Member, HandedOver HandedOver, long Renewed);
}
