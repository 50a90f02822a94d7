using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Grains.Tests.Targets;

/// <summary>How the messages of a code travel where the policy orders a fall-back: exactly, from the first to the last.</summary>
public sealed class ChannelFallbackTests : IAsyncLifetime
{
    private static readonly Target Joe = new(Channel.Phone, "+442079460018");
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");

    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData(ResendMode.Replace)]
    [InlineData(ResendMode.Repeat)]
    public async Task Each_message_travels_as_its_place_in_the_order_says_and_the_last_place_holds_for_the_rest(ResendMode resend)
    {
        Use(resend, VerificationChannel.Sms, VerificationChannel.WhatsApp, VerificationChannel.Call);
        for (var i = 0; i < 5; i++)
        {
            await _service.SendAsync(Joe);
        }

        Assert.Equal(
            [VerificationChannel.Sms, VerificationChannel.WhatsApp, VerificationChannel.Call, VerificationChannel.Call, VerificationChannel.Call],
            Travelled());
    }

    [Fact]
    public async Task What_is_said_in_a_call_is_the_code_digit_by_digit()
    {
        Use(ResendMode.Replace, VerificationChannel.Call);
        await _service.SendAsync(Joe);

        Assert.EndsWith($"code is: {string.Join(", ", _service.LatestCode.AsEnumerable())}.", _service.Delivery.Messages.Last().Text, StringComparison.Ordinal);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Joe, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_right_code_and_an_expired_one_begin_the_order_anew()
    {
        Use(ResendMode.Replace, VerificationChannel.Sms, VerificationChannel.Call);
        await _service.SendAsync(Joe);
        await _service.SendAsync(Joe);
        await _service.VerifyAsync(Joe, _service.LatestCode);
        await _service.SendAsync(Joe);
        _service.Time.Advance(Policy.Default.Lifetime);
        await _service.SendAsync(Joe);
        _service.Time.Advance(Policy.Default.Lifetime + TimeSpan.FromTicks(1));
        await _service.SendAsync(Joe);

        Assert.Equal(
            [VerificationChannel.Sms, VerificationChannel.Call, VerificationChannel.Sms, VerificationChannel.Call, VerificationChannel.Sms],
            Travelled());
    }

    [Theory]
    [InlineData(ResendMode.Replace)]
    [InlineData(ResendMode.Repeat)]
    public async Task A_message_that_no_provider_took_does_not_count(ResendMode resend)
    {
        Use(resend, VerificationChannel.Sms, VerificationChannel.WhatsApp, VerificationChannel.Call);
        await _service.SendAsync(Joe);
        _service.Delivery.Accepts = false;
        await _service.SendAsync(Joe);
        await _service.SendAsync(Joe);
        _service.Delivery.Accepts = true;
        await _service.SendAsync(Joe);

        Assert.Equal([VerificationChannel.Sms, VerificationChannel.WhatsApp], Travelled());
    }

    [Fact]
    public async Task A_repeat_of_a_send_is_no_further_message()
    {
        Use(ResendMode.Replace, VerificationChannel.Sms, VerificationChannel.Call);
        var operation = Operation.New();
        await _service.SendAsync(Joe, operation);
        await _service.SendAsync(Joe, operation);
        await _service.SendAsync(Joe);

        Assert.Equal([VerificationChannel.Sms, VerificationChannel.Call], Travelled());
    }

    [Fact]
    public async Task Mail_stays_mail()
    {
        Use(ResendMode.Replace, VerificationChannel.Sms, VerificationChannel.Call);
        await _service.SendAsync(Jane);
        await _service.SendAsync(Jane);

        Assert.Equal([VerificationChannel.Email, VerificationChannel.Email], Travelled());
    }

    [Fact]
    public async Task Verification_falls_back_where_it_was_asked_for_by_sms_and_tells_how_its_messages_travelled()
    {
        Use(ResendMode.Repeat, VerificationChannel.Sms, VerificationChannel.Call);
        await StartAsync(VerificationChannel.Sms);
        await StartAsync(VerificationChannel.WhatsApp);
        var report = await StartAsync(VerificationChannel.Sms);

        Assert.Equal([VerificationChannel.Sms, VerificationChannel.WhatsApp, VerificationChannel.Call], Travelled());
        Assert.Equal(Travelled(), report.Sends.Select(send => send.Channel));
    }

    [Fact]
    public async Task Code_for_a_payment_travels_only_as_it_is_asked_for()
    {
        Use(ResendMode.Repeat, VerificationChannel.Call);

        var report = await StartAsync(VerificationChannel.Sms, new Payment("39.99 EUR", "Acme"));

        Assert.Equal([VerificationChannel.Sms], Travelled());
        Assert.Equal(VerificationChannel.Sms, Assert.Single(report.Sends).Channel);
    }

    [Fact]
    public async Task Place_in_the_order_survives_the_silo()
    {
        Use(ResendMode.Replace, VerificationChannel.Sms, VerificationChannel.Call);
        await _service.SendAsync(Joe);
        _service.Storage.ChangeBehindTheGrain();
        await _service.SendAsync(Joe);

        Assert.Equal([VerificationChannel.Sms, VerificationChannel.Call], Travelled());
    }

    [Fact]
    public async Task Without_an_order_nothing_is_counted_and_everything_is_an_sms()
    {
        await _service.SendAsync(Joe);
        await _service.SendAsync(Joe);

        Assert.Equal([VerificationChannel.Sms, VerificationChannel.Sms], Travelled());
        Assert.DoesNotContain("\"r\":1", _service.Storage.Content, StringComparison.Ordinal);
    }

    private IEnumerable<VerificationChannel> Travelled() => _service.Delivery.Messages.Select(message => message.Via);

    private void Use(ResendMode resend, params VerificationChannel[] order) =>
        _service.Use(new ProgramOptions { Policy = new PolicyOptions { OnResend = resend, Fallback = [.. order] } });

    private async Task<VerificationReport> StartAsync(VerificationChannel channel, Payment? payment = null)
    {
        var grain = _service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(TestService.Program, Joe));
        return (await grain.Send(new SendRequest(Joe, Purpose.None, Operation.New(), Verification: new VerificationStart(channel, Payment: payment)))).Verification!;
    }
}
