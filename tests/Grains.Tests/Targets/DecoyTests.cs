using Otp.Delivery;
using Otp.Grains.Tests.Harness;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>A decoy is counted, locked and stored like a target, but no code matches it and nothing is delivered.</summary>
public sealed class DecoyTests : IAsyncLifetime
{
    private static readonly Target Stranger = new(Channel.Email, "stranger@example.com");

    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task The_very_code_that_was_derived_is_wrong()
    {
        var sent = await SendAsync();

        var verified = await VerifyAsync(sent.Code!);

        Assert.Equal(SendStatus.Sent, sent.Status);
        Assert.Matches("^[0-9]{6}$", sent.Code!);
        Assert.Equal(VerifyStatus.WrongCode, verified.Status);
        Assert.Empty(_service.Delivery.Messages);
    }

    [Fact]
    public async Task Attempts_and_windows_end_as_a_targets_do()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SendStatus.Sent, (await SendAsync()).Status);
        }

        Assert.Equal(SendStatus.RateLimited, (await SendAsync()).Status);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(VerifyStatus.WrongCode, (await VerifyAsync("123456")).Status);
        }

        Assert.Equal(VerifyStatus.AttemptsExhausted, (await VerifyAsync("123456")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(DeliveryFailure.Rejected)]
    [InlineData(DeliveryFailure.RecipientUnreachable)]
    internal async Task Storage_costs_are_a_targets_whatever_becomes_of_messages(DeliveryFailure? failure)
    {
        _service.Delivery.Result = failure is { } known ? DeliveryResult.Refused(known) : DeliveryResult.Accepted;

        Assert.Equal(await CostAsync(isDecoy: false), await CostAsync(isDecoy: true));
    }

    [Fact]
    public async Task Target_with_the_same_name_is_another_record()
    {
        await SendAsync();

        Assert.Equal(4, (await _service.SendAsync(Stranger)).Limit!.Remaining);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Stranger, _service.LatestCode)).Status);
    }

    [Fact]
    public void Key_is_of_the_same_program_and_a_decoys()
    {
        var decoy = _service.Targets.DecoyFor(TestService.Program, Stranger.Value);
        var target = _service.Targets.KeyFor(TestService.Program, Stranger);

        Assert.Equal((TestService.Program, true), (TargetIndex.ProgramOf(decoy), TargetIndex.IsDecoy(decoy)));
        Assert.Equal((TestService.Program, false), (TargetIndex.ProgramOf(target), TargetIndex.IsDecoy(target)));
    }

    private async Task<(int Reads, int Writes)> CostAsync(bool isDecoy)
    {
        var (reads, writes) = (_service.Storage.Reads, _service.Storage.Writes);
        for (var i = 0; i < 6; i++)
        {
            await SendAsync(isDecoy);
        }

        for (var i = 0; i < 4; i++)
        {
            await VerifyAsync("12345x", isDecoy);
        }

        return (_service.Storage.Reads - reads, _service.Storage.Writes - writes);
    }

    private Task<SendOutcome> SendAsync(bool isDecoy = true) =>
        Grain(isDecoy).Send(new SendRequest(Stranger, Purpose.Login, Operation.New(), IsDiscreet: true));

    private Task<VerifyOutcome> VerifyAsync(string code, bool isDecoy = true) =>
        Grain(isDecoy).Verify(new VerifyRequest(Stranger, Purpose.Login, code, Operation.New(), IsDiscreet: true));

    private ITargetGrain Grain(bool isDecoy) => _service.Grains.GetGrain<ITargetGrain>(isDecoy
        ? _service.Targets.DecoyFor(TestService.Program, Stranger.Value)
        : _service.Targets.KeyFor(TestService.Program, Stranger));
}
