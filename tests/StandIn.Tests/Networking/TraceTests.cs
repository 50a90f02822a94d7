using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orleans.StandIn.Networking;

/// <summary>Calls belong to the trace of their caller, in whatever process their grain is.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly ActivitySource _source = new($"test {Guid.CreateVersion7()}");
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source || source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task A_trace_goes_on_through_a_grain_to_a_grain_of_another_silo()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        using var root = _source.StartActivity("root")!;
        root.TraceStateString = "vendor=1";

        await cluster.Client.Grain(cluster.KeyOn(one)).AskOther(cluster.KeyOn(other));

        Assert.Same(root, Activity.Current);
        var asking = Child(root.SpanId, "IWireGrain/AskOther", ActivityKind.Client);
        var asked = Child(asking.SpanId, "IWireGrain/AskOther", ActivityKind.Server);
        var looking = Child(asked.SpanId, "IWireGrain/Where", ActivityKind.Client);
        var found = Child(looking.SpanId, "IWireGrain/Where", ActivityKind.Server);
        Assert.True(found.HasRemoteParent);
        Assert.Equal("vendor=1", found.TraceStateString);
        Assert.Equal("orleans", found.GetTagItem("rpc.system.name"));
        Assert.Equal("Orleans.StandIn.Networking.IWireGrain/Where", found.GetTagItem("rpc.method"));
        Assert.All([asking, asked, looking, found], span => Assert.Equal("Microsoft.Orleans.Runtime", span.Source.Name));
    }

    [Fact]
    public async Task A_call_that_waits_for_its_turn_has_its_own_callers_span_as_parent()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var grain = cluster.Client.Grain("busy");
        using var first = _source.StartActivity("first", ActivityKind.Internal, default(ActivityContext))!;
        var holding = grain.Hold(1);
        await cluster.Silos[0].Grains.Held.Task;
        Activity.Current = null;
        using var second = _source.StartActivity("second")!;
        var noting = grain.Note(1);
        cluster.Silos[0].Grains.Release.SetResult();
        await holding;
        await noting;

        var calling = Child(second.SpanId, "IWireGrain/Note", ActivityKind.Client);
        Child(calling.SpanId, "IWireGrain/Note", ActivityKind.Server);
        Assert.NotEqual(first.TraceId, second.TraceId);
        Assert.Same(second, Activity.Current);
    }

    [Fact]
    public async Task A_failed_call_says_so_without_the_words_of_its_exception()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        using var root = _source.StartActivity("root")!;

        await Assert.ThrowsAsync<OwnException>(() => cluster.Client.Grain("broken").Fail("own", "secret words"));

        var calling = Child(root.SpanId, "IWireGrain/Fail", ActivityKind.Client);
        var called = Child(calling.SpanId, "IWireGrain/Fail", ActivityKind.Server);
        Assert.All([calling, called], span =>
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.Equal(typeof(OwnException).FullName, span.GetTagItem("exception.type"));
            Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_trace_that_is_not_recorded_is_not_carried()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        using var root = _source.StartActivity("root")!;
        root.IsAllDataRequested = false;

        await cluster.Client.Grain("quiet").Do();

        Assert.DoesNotContain(_ended, span => span.TraceId == root.TraceId);
    }

    private Activity Child(ActivitySpanId parent, string name, ActivityKind kind) =>
        Assert.Single(_ended, span => span.ParentSpanId == parent && (span.DisplayName, span.Kind) == (name, kind));
}
