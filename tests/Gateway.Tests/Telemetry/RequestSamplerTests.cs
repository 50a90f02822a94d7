using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using Otp.Hosting.Telemetry;

namespace Otp.Gateway.Tests.Telemetry;

/// <summary>Which requests are traced, by the standard settings.</summary>
public sealed class RequestSamplerTests
{
    private const ulong Hundredth = ulong.MaxValue / 100;

    [Theory]
    [InlineData(null, null, 0UL, true)]
    [InlineData(null, null, Hundredth - 4096, true)]
    [InlineData(null, null, Hundredth + 4096, false)]
    [InlineData(null, "0.5", Hundredth + 4096, false)]
    [InlineData("", null, Hundredth + 4096, false)]
    [InlineData("always_on", null, ulong.MaxValue, true)]
    [InlineData("always_on", "0", ulong.MaxValue, true)]
    [InlineData("always_off", null, 0UL, false)]
    [InlineData("traceidratio", null, ulong.MaxValue, true)]
    [InlineData("traceidratio", "0.01", Hundredth - 4096, true)]
    [InlineData("traceidratio", "0.01", Hundredth + 4096, false)]
    [InlineData("traceidratio", "0", 0UL, false)]
    [InlineData("traceidratio", "1", ulong.MaxValue, true)]
    [InlineData("parentbased_always_on", null, ulong.MaxValue, true)]
    [InlineData("parentbased_always_off", null, 0UL, false)]
    [InlineData("PARENTBASED_TRACEIDRATIO", "0.01", Hundredth - 4096, true)]
    [InlineData("parentbased_traceidratio", "0.01", Hundredth + 4096, false)]
    public void A_request_without_a_trace_is_drawn(string? name, string? argument, ulong drawn, bool isTraced) =>
        Assert.Equal(isTraced, Sampler(name, argument, drawn).IsChosen(default));

    [Fact]
    public void Development_traces_every_request() =>
        Assert.True(new RequestSampler(TraceSampling.Of(Settings(null, null), isDevelopment: true), new Drawn(ulong.MaxValue)).IsChosen(default));

    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(null, null, false, false)]
    [InlineData("parentbased_always_off", null, true, true)]
    [InlineData("parentbased_always_on", null, false, false)]
    [InlineData("parentbased_traceidratio", "0", true, true)]
    [InlineData("always_on", null, false, true)]
    [InlineData("always_off", null, true, false)]
    public void A_request_with_its_callers_trace_follows_it_if_the_sampler_does(string? name, string? argument, bool isRecorded, bool isTraced) =>
        Assert.Equal(isTraced, Sampler(name, argument, drawn: isTraced ? ulong.MaxValue : 0).IsChosen(Caller("0af7651916cd43dd8448eb211c80319c", isRecorded)));

    [Theory]
    [InlineData("7fffffffffffffff0000000000000001", false)]
    [InlineData("00000000000000010000000000000000", true)]
    public void A_ratio_that_does_not_follow_goes_by_the_callers_trace_id(string traceId, bool isTraced) =>
        Assert.Equal(isTraced, Sampler("traceidratio", "0.3", drawn: isTraced ? ulong.MaxValue : 0).IsChosen(Caller(traceId, isRecorded: !isTraced)));

    [Theory]
    [InlineData(RequestSampler.RequestSpan, false, SamplingDecision.RecordAndSample)]
    [InlineData("ITargetGrain/Send", true, SamplingDecision.RecordAndSample)]
    [InlineData("ITargetGrain/Send", false, SamplingDecision.Drop)]
    public void Only_chosen_requests_begin_a_trace_and_all_else_follows(string span, bool isRecorded, SamplingDecision decision)
    {
        var caller = isRecorded ? Caller("0af7651916cd43dd8448eb211c80319c", isRecorded) : default;
        var parameters = new SamplingParameters(caller, ActivityTraceId.CreateRandom(), span, ActivityKind.Server);

        Assert.Equal(decision, Sampler("always_on", null, 0).ShouldSample(parameters).Decision);
    }

    [Theory]
    [InlineData("sometimes", null, "OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_.")]
    [InlineData("parentbased_", null, "OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_.")]
    [InlineData("traceidratio", "1.01", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    [InlineData("traceidratio", "-0.1", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    [InlineData("parentbased_traceidratio", "NaN", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    [InlineData("traceidratio", "1 %", "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.")]
    public void A_sampler_that_does_not_exist_is_a_fault(string name, string? argument, string fault) =>
        Assert.Equal([fault], TelemetrySettings.Faults(Settings(name, argument)));

    [Fact]
    public void A_sampler_is_no_fault_where_no_trace_is_exported() =>
        Assert.Empty(TelemetrySettings.Faults(Settings("sometimes", null, receiver: null)));

    [Theory]
    [InlineData(null, "many")]
    [InlineData("always_on", "many")]
    [InlineData("traceidratio", "")]
    public void What_the_sampler_does_not_read_is_no_fault(string? name, string argument) =>
        Assert.Empty(TelemetrySettings.Faults(Settings(name, argument)));

    private static ActivityContext Caller(string traceId, bool isRecorded) => new(
        ActivityTraceId.CreateFromString(traceId),
        ActivitySpanId.CreateRandom(),
        isRecorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
        traceState: null,
        isRemote: true);

    private static RequestSampler Sampler(string? name, string? argument, ulong drawn) =>
        new(TraceSampling.Of(Settings(name, argument), isDevelopment: false), new Drawn(drawn));

    private static IConfiguration Settings(string? name, string? argument, string? receiver = "http://127.0.0.1:4318") => new ConfigurationBuilder()
        .AddInMemoryCollection(
            [new("OTEL_EXPORTER_OTLP_ENDPOINT", receiver), new("OTEL_TRACES_SAMPLER", name), new("OTEL_TRACES_SAMPLER_ARG", argument)])
        .Build();

    private sealed class Drawn(ulong number) : RandomNumberGenerator
    {
        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data) => BinaryPrimitives.WriteUInt64LittleEndian(data, number);
    }
}
