using Otp.Delivery;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;
using Otp.Telemetry;
using Otp.Verifications;

namespace Otp.Grains.Tests.Telemetry;

/// <summary>What sends and verifies are counted as. Each test has a program of its own: the meter is the whole process's.</summary>
public sealed class TargetMetricsTests : IDisposable
{
    private static readonly Target Jane = new(Channel.Email, "jane@example.com");
    private static readonly Target Joe = new(Channel.Phone, "+442079460018");

    private readonly Measurements _measurements = new();
    private readonly string _program = $"p{Guid.CreateVersion7():n}"[..30];

    public void Dispose() => _measurements.Dispose();

    [Fact]
    public async Task A_send_is_counted_by_channel_and_calling_code()
    {
        await using var service = await TestService.StartAsync(_program);

        await service.SendAsync(Jane);
        await service.SendAsync(Joe);

        Assert.Equal(["otp.channel=email otp.outcome=sent", "otp.calling_code=44 otp.channel=phone otp.outcome=sent"], Sends());
    }

    [Fact]
    public async Task A_refused_send_is_counted_by_why_it_was_refused()
    {
        await using var service = await TestService.StartAsync(_program);
        service.Use(new ProgramOptions { Policy = new PolicyOptions { MinimumGap = TimeSpan.FromMinutes(1) } });
        service.Delivery.Accepts = false;

        await service.SendAsync(Jane);
        service.Delivery.Accepts = true;
        await service.SendAsync(Jane);
        await service.SendAsync(Jane);

        Assert.Equal(Emails("delivery_failed", "sent", "rate_limited"), Sends());
    }

    [Fact]
    public async Task A_send_that_nobody_can_get_is_counted_as_that_and_one_that_may_arrive_as_sent()
    {
        await using var service = await TestService.StartAsync(_program);

        service.Delivery.Result = DeliveryResult.Refused(DeliveryFailure.RecipientUnreachable);
        await service.SendAsync(Jane);
        service.Delivery.Result = DeliveryResult.Unanswered;
        await service.SendAsync(Jane);

        Assert.Equal(Emails("undeliverable", "sent"), Sends());
    }

    [Fact]
    public async Task A_repeat_is_counted_as_one_and_a_reused_id_as_another_thing()
    {
        await using var service = await TestService.StartAsync(_program);
        var operation = Operation.New();

        await service.SendAsync(Jane, operation);
        await service.SendAsync(Jane, operation);
        await service.SendAsync(Jane, operation with { Fingerprint = operation.Fingerprint + 1 });

        Assert.Equal(Emails("sent", "replayed", "operation_mismatch"), Sends());
    }

    [Fact]
    public async Task A_send_to_a_decoy_is_not_counted_as_sent()
    {
        await using var service = await TestService.StartAsync(_program);
        var decoy = service.Grains.GetGrain<ITargetGrain>(service.Targets.DecoyFor(_program, Jane.Value));

        await decoy.Send(new SendRequest(Jane, Purpose.None, Operation.New()));

        Assert.Equal(Emails(TargetMetrics.Unregistered), Sends());
    }

    [Fact]
    public async Task A_guess_is_counted_by_how_it_ended()
    {
        await using var service = await TestService.StartAsync(_program);
        await service.VerifyAsync(Jane, "123456");
        await service.SendAsync(Jane);
        var code = service.LatestCode;
        var operation = Operation.New();

        await service.VerifyAsync(Jane, TestService.Wrong(code));
        await service.VerifyAsync(Jane, code, operation);
        await service.VerifyAsync(Jane, code, operation);

        Assert.Equal(Emails("no_code", "wrong_code", "verified", "replayed"), Verifies());
    }

    [Fact]
    public async Task An_ended_verification_is_counted_by_how_it_ended()
    {
        await using var service = await TestService.StartAsync(_program);
        var grain = service.Grains.GetGrain<ITargetGrain>(service.Targets.KeyFor(_program, Joe));
        var canceled = new VerificationEnd(await StartAsync(), IsApproved: false, Operation.New(), Joe);
        await grain.EndVerification(canceled);
        await grain.EndVerification(canceled);
        await grain.EndVerification(canceled with { IsApproved = true });
        await grain.EndVerification(canceled with { Operation = Operation.New() });
        await grain.EndVerification(new VerificationEnd(await StartAsync(), IsApproved: true, Operation.New(), Joe));

        Assert.Equal(
            new[] { "canceled", "replayed", "operation_mismatch", "no_code", "approved" }.Select(outcome => $"otp.calling_code=44 otp.channel=phone otp.outcome={outcome}"),
            _measurements.Of("otp.verifications.ended", OtpTags.Program, _program));

        async Task<string> StartAsync() =>
            (await grain.Send(new SendRequest(Joe, Purpose.None, Operation.New(), Verification: new VerificationStart(VerificationChannel.Sms)))).Verification!.Sid;
    }

    private static IEnumerable<string> Emails(params string[] outcomes) => outcomes.Select(outcome => $"otp.channel=email otp.outcome={outcome}");

    private IReadOnlyList<string> Sends() => _measurements.Of("otp.sends", OtpTags.Program, _program);

    private IReadOnlyList<string> Verifies() => _measurements.Of("otp.verifies", OtpTags.Program, _program);
}
