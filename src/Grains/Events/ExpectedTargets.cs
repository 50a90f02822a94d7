using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Events;

/// <summary>
/// The targets of a shard that may have events, durably. New ones go into a small record, its head: one write is under way at a time, and all
/// that come meanwhile go with the next. While an endpoint is away, the head is relieved of some of its targets by a record for them alone, a
/// segment: so a write stays small, however many wait. Not thread-safe: the grain's scheduler runs one step at a time.
/// </summary>
internal sealed class ExpectedTargets
{
    /// <summary>How many targets a segment has; the head has twice as many at most, and what one write adds.</summary>
    public const int SegmentSize = 256;

    public const string SegmentType = "event-outbox-segment";

    private readonly GrainId _grain;
    private readonly RecordStorage _storage;
    private readonly TimeProvider _time;
    private readonly Action<ExpectedTarget> _added;
    private readonly StoredRecord<ExpectedState> _head;
    private readonly Dictionary<string, ExpectedTarget> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inHead = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Segment> _segments = [];
    private readonly GrainLock _lock = new();
    private ExpectedState _known = ExpectedState.Empty;
    private Task? _next;

    /// <summary>Creates the set; nothing is read yet.</summary>
    /// <param name="grain">The outbox.</param>
    /// <param name="storage">Where its records are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="added">Told of each target that becomes known.</param>
    public ExpectedTargets(GrainId grain, RecordStorage storage, TimeProvider time, Action<ExpectedTarget> added)
    {
        (_grain, _storage, _time, _added) = (grain, storage, time, added);
        _head = Record(grain);
    }

    /// <summary>How many there are.</summary>
    public int Count => _targets.Count;

    /// <summary>Since when the first of them is expected; null if there is none.</summary>
    public long? Since => _targets.Count == 0 ? null : _targets.Values.Min(static target => target.Since);

    /// <summary>Whether targets were removed since the last write.</summary>
    public bool HasRemovals { get; private set; }

    /// <summary>Adds a target, durably.</summary>
    public async Task AddAsync(string targetKey)
    {
        if (!_targets.TryGetValue(targetKey, out var target))
        {
            target = Add(targetKey, segment: null);
        }

        target.Expect(_time.GetUtcNow().UtcTicks);
        if (target.IsDurable)
        {
            // Unless another activation has taken it away since, while the membership changed.
            await ReadAsync();
        }

        if (!target.IsDurable)
        {
            await WriteAsync();
        }
    }

    /// <summary>Removes a target; durably with the next write, because a target that is asked in vain does no harm.</summary>
    public void Remove(ExpectedTarget target)
    {
        if (!_targets.Remove(target.Key))
        {
            return;
        }

        HasRemovals = true;
        _inHead.Remove(target.Key);
        if (target.Segment is { } segment)
        {
            segment.Count--;
        }
    }

    /// <summary>Takes in what another activation has stored.</summary>
    public async Task ReadAsync()
    {
        using var inside = await _lock.EnterAsync();
        await _head.EnsureCurrentAsync();
        await MergeAsync();
    }

    /// <summary>Stores what there is now, together with all that comes until the write before is done.</summary>
    public Task WriteAsync()
    {
        if (_next is { } next)
        {
            return next;
        }

        // It begins once it is known, or one that has ended could be taken for the next one.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _next = next = WriteNextAsync(begin.Task);
        begin.SetResult();
        return next;
    }

    private async Task WriteNextAsync(Task begin)
    {
        // What comes in this turn of the scheduler, and while another write is under way, goes with this one.
        await begin;
        using var inside = await _lock.EnterAsync();
        _next = null;
        while (_inHead.Count > 2 * SegmentSize
            && _inHead.Select(key => _targets[key]).Where(static target => target.IsInHead).Take(SegmentSize).ToList() is { Count: SegmentSize } moved)
        {
            await FillSegmentAsync(moved);
        }

        ExpectedState state;
        List<Segment> empty;
        do
        {
            await MergeAsync();
            HasRemovals = false;
            empty = [.. _segments.Values.Where(static segment => segment.Count == 0)];
            state = new ExpectedState { Targets = [.. _inHead], Segments = [.. _segments.Where(static s => s.Value.Count > 0).Select(static s => s.Key)] };
        }
        while (!await _head.TryCommitAsync(state));

        _known = state;
        NoteDurable();
        foreach (var segment in empty)
        {
            _segments.Remove(segment.Id);
            await ClearAsync(segment);
        }
    }

    // The segment is durable before the head forgets its targets. If the silo dies between the two, it has no effect, and expires.
    private async Task FillSegmentAsync(List<ExpectedTarget> targets)
    {
        var id = Guid.NewGuid();
        var segment = new Segment(id, Record(SegmentOf(id)));
        while (!await segment.Record.TryCommitAsync(new ExpectedState { Targets = [.. targets.Select(static target => target.Key)] }))
        {
            // Nobody else has this id: its record was not read yet.
        }

        foreach (var target in targets.Where(target => ReferenceEquals(_targets.GetValueOrDefault(target.Key), target)))
        {
            _inHead.Remove(target.Key);
            target.Segment = segment;
            segment.Count++;
        }

        _segments.Add(id, segment);
    }

    private static async Task ClearAsync(Segment segment)
    {
        try
        {
            await segment.Record.ClearAsync();
        }
        catch (OrleansException)
        {
            // Nothing leads to it any more, and it expires.
        }
    }

    // What another activation has added is kept, and so is what this one has removed meanwhile: its targets are asked once more.
    private async Task MergeAsync()
    {
        while (!ReferenceEquals(_known, _head.State))
        {
            _known = _head.State;
            foreach (var key in _known.Targets.Where(key => !_targets.ContainsKey(key)))
            {
                Add(key, segment: null);
            }

            foreach (var id in _known.Segments.Where(id => !_segments.ContainsKey(id)))
            {
                var segment = new Segment(id, Record(SegmentOf(id)));
                await segment.Record.ReadAsync();
                _segments.Add(id, segment);
                foreach (var key in segment.Record.State.Targets.Where(key => !_targets.ContainsKey(key)))
                {
                    Add(key, segment);
                    segment.Count++;
                }
            }

            NoteDurable();
        }
    }

    // What the head names is durable, itself or by its segment, and nothing else is known to be.
    private void NoteDurable()
    {
        foreach (var key in _inHead)
        {
            _targets[key].IsInHead = false;
        }

        foreach (var key in _known.Targets)
        {
            if (_targets.TryGetValue(key, out var target))
            {
                target.IsInHead = true;
            }
        }

        foreach (var segment in _segments.Values)
        {
            segment.IsListed = _known.Segments.Contains(segment.Id);
        }
    }

    private ExpectedTarget Add(string key, Segment? segment)
    {
        var target = new ExpectedTarget(key, _time.GetUtcNow().UtcTicks) { Segment = segment };
        _targets.Add(key, target);
        if (segment is null)
        {
            _inHead.Add(key);
        }

        _added(target);
        return target;
    }

    private StoredRecord<ExpectedState> Record(GrainId grain) => new(
        _storage, grain, ExpectedState.Empty, state => state.IsEmpty ? 0 : _time.GetUtcNow().UtcTicks + EventRules.Retention.Ticks);

    private GrainId SegmentOf(Guid id) => GrainId.Create(SegmentType, $"{_grain.Key}:{id:n}");

    /// <summary>A record that holds some of the targets.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="record">The record.</param>
    internal sealed class Segment(Guid id, StoredRecord<ExpectedState> record)
    {
        public Guid Id => id;

        public StoredRecord<ExpectedState> Record => record;

        /// <summary>How many of its targets are still expected.</summary>
        public int Count { get; set; }

        /// <summary>Whether the stored head names it.</summary>
        public bool IsListed { get; set; }
    }
}

/// <summary>A target that may have events.</summary>
/// <param name="key">The key of its grain.</param>
/// <param name="since">Since when it is expected, in UTC ticks.</param>
internal sealed class ExpectedTarget(string key, long since)
{
    public string Key => key;

    public long Since { get; } = since;

    /// <summary>Whether the stored head names it.</summary>
    public bool IsInHead { get; set; }

    /// <summary>Whether it is stored.</summary>
    public bool IsDurable => Segment?.IsListed ?? IsInHead;

    /// <summary>How often it was announced.</summary>
    public int Expectations { get; private set; }

    /// <summary>How often it had been announced when it was asked for its events last. It may have new ones if that was before the latest time.</summary>
    public int Asked { get; set; }

    /// <summary>When it was announced last, in UTC ticks.</summary>
    public long ExpectedAt { get; private set; } = since;

    /// <summary>The latest of its events that is settled and that it has not forgotten yet, as far as is known; 0 for none.</summary>
    public long Through { get; private set; }

    /// <summary>Whether it had events since it was announced last.</summary>
    public bool HadEvents { get; private set; }

    /// <summary>How many attempts to post its next event have failed.</summary>
    public int Failures { get; set; }

    /// <summary>The segment that it is in; null for the head.</summary>
    public ExpectedTargets.Segment? Segment { get; set; }

    /// <summary>Announces it.</summary>
    public void Expect(long now)
    {
        Expectations++;
        (ExpectedAt, HadEvents) = (now, false);
    }

    /// <summary>Notes that an event is delivered or parked.</summary>
    public void Settle(long at)
    {
        (Through, HadEvents) = (at, true);
        Failures = 0;
    }

    /// <summary>Notes that it has forgotten all that is settled: what it has from now on, is new.</summary>
    public void Clear() => Through = 0;
}

/// <summary>Targets that may have events. Member names in storage never change.</summary>
public sealed record ExpectedState
{
    public static readonly ExpectedState Empty = new();

    /// <summary>The keys of their grains.</summary>
    [JsonPropertyName("t")]
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Further records with such targets.</summary>
    [JsonPropertyName("s")]
    public ImmutableArray<Guid> Segments { get; init; } = [];

    /// <summary>Whether there are none.</summary>
    [JsonIgnore]
    public bool IsEmpty => Targets.IsEmpty && Segments.IsEmpty;
}
