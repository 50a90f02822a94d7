using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using Otp.Hosting;
using Otp.Hosting.Telemetry;

namespace Otp.Gateway.Tests.Telemetry;

/// <summary>Which requests are traced, by the standard settings.</summary>
public sealed class SamplerTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string TraceParent = $"00-{TraceId}-b7ad6b7169203331-01";

    [Theory]
    [InlineData(null, null, 0.01)]
    [InlineData("", null, 0.01)]
    [InlineData(null, "0.5", 0.01)]
    [InlineData("always_on", "0", 1)]
    [InlineData("always_off", null, 0)]
    [InlineData("traceidratio", null, 1)]
    [InlineData("traceidratio", "0.25", 0.25)]
    [InlineData("traceidratio", "0", 0)]
    [InlineData("parentbased_always_on", null, 1)]
    [InlineData("parentbased_always_off", null, 0)]
    [InlineData("PARENTBASED_TRACEIDRATIO", "0.25", 0.25)]
    public void A_share_of_the_requests_is_traced(string? name, string? argument, double share)
    {
        const int requests = 20_000;
        var sampler = Sampler(name, argument);

        var traced = Enumerable.Range(0, requests).Count(_ => IsTraced(sampler, RequestSampler.RequestSpan, default, ActivityTraceId.CreateRandom()));

        Assert.InRange(traced, Math.Floor(requests * share * 0.5), Math.Ceiling(requests * share * 1.5));
    }

    [Fact]
    public void Development_traces_every_request() => Assert.True(IsTraced(
        TelemetrySettings.SamplerOf(Settings(null, null), isDevelopment: true).Requests, RequestSampler.RequestSpan, default, ActivityTraceId.CreateRandom()));

    [Theory]
    [InlineData(null, false)]
    [InlineData("always_on", false)]
    [InlineData("traceidratio", false)]
    [InlineData("parentbased_always_off", true)]
    [InlineData("parentbased_traceidratio", true)]
    public void A_callers_trace_is_followed_only_if_the_sampler_is_parent_based_and_its_baggage_never(string? name, bool isFollowed)
    {
        var context = new CallerContext(TelemetrySettings.SamplerOf(Settings(name, null), isDevelopment: false).FollowsCallers);

        context.ExtractTraceIdAndState(new HeaderDictionary(), Header, out var traceId, out _);
        context.ExtractTraceIdAndState(new Dictionary<string, object>(StringComparer.Ordinal), Header, out var calledFrom, out _);

        Assert.Equal(isFollowed ? TraceParent : null, traceId);
        Assert.Equal(TraceParent, calledFrom);
        Assert.Null(context.ExtractBaggage(new HeaderDictionary(), Header));
    }

    [Theory]
    [InlineData("parentbased_always_off", true, true)]
    [InlineData("parentbased_always_on", false, false)]
    public void A_followed_request_is_traced_if_its_callers_trace_is_recorded(string name, bool isRecorded, bool isTraced) =>
        Assert.Equal(isTraced, IsTraced(Sampler(name, null), RequestSampler.RequestSpan, Parent(isRecorded), default));

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)]
    public void Only_requests_begin_a_trace_and_all_else_follows(bool? isParentRecorded, bool isTraced) => Assert.Equal(
        isTraced,
        IsTraced(
            Sampler("always_on", null),
            "ITargetGrain/Send",
            isParentRecorded is { } isRecorded ? Parent(isRecorded) : default,
            ActivityTraceId.CreateRandom()));

    [Theory]
    [InlineData("sometimes", null, "OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_.")]
    [InlineData("parentbased_", null, "OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_.")]
    [InlineData("traceidratio", "1.01", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    [InlineData("traceidratio", "-0.1", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    [InlineData("parentbased_traceidratio", "NaN", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    [InlineData("traceidratio", "1 %", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    public void A_sampler_that_does_not_exist_is_a_fault(string name, string? argument, string fault) =>
        Assert.Contains(fault, Assert.Throws<ConfigurationException>(() => Sampler(name, argument)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "many")]
    [InlineData("always_on", "many")]
    [InlineData("traceidratio", "")]
    public void What_the_sampler_does_not_read_is_no_fault(string? name, string argument) => Assert.NotNull(Sampler(name, argument));

    private static void Header(object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
        (value, values) = (name switch { "traceparent" => TraceParent, "baggage" => "who=jane", _ => null }, null);

    private static ActivityContext Parent(bool isRecorded) => new(
        ActivityTraceId.CreateFromString(TraceId),
        ActivitySpanId.CreateRandom(),
        isRecorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
        traceState: null,
        isRemote: true);

    private static bool IsTraced(Sampler sampler, string span, ActivityContext parent, ActivityTraceId traceId) =>
        sampler.ShouldSample(new SamplingParameters(parent, parent.TraceId == default ? traceId : parent.TraceId, span, ActivityKind.Server)).Decision
            == SamplingDecision.RecordAndSample;

    private static RequestSampler Sampler(string? name, string? argument) =>
        new(TelemetrySettings.SamplerOf(Settings(name, argument), isDevelopment: false).Requests);

    private static IConfiguration Settings(string? name, string? argument) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", name), new("OTEL_TRACES_SAMPLER_ARG", argument)])
        .Build();
}
