using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Grains.Tests.Verifications;

/// <summary>Verifications on a target's grain and where their SIDs lead, with a manual clock and a storage that fails when it is told to.</summary>
public sealed class VerificationGrainTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Phone, "+447700900123");

    private TestService _service = null!;

    private string Key => _service.Targets.KeyFor(TestService.Program, Jane);

    private ITargetGrain Grain => _service.Grains.GetGrain<ITargetGrain>(Key);

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Report_tells_the_recipient_and_the_messages()
    {
        var sent = (await SendAsync(new VerificationStart(VerificationChannel.Call))).Verification!;

        var found = (await Grain.FindVerification(sent.Sid))!;

        Assert.Equal((Jane, sent.Sid), (found.Recipient, found.Sid));
        Assert.Equal(VerificationChannel.Call, Assert.Single(found.Sends).Channel);
        Assert.Equal(found.CreatedAt + TimeSpan.FromMinutes(5), found.ExpiresAt);
        Assert.Null(await Grain.FindVerification("VE00000000000000000000000000000000"));
    }

    [Fact]
    public async Task Wrong_guess_moves_the_time_of_the_last_change()
    {
        var sent = (await SendAsync(new VerificationStart(VerificationChannel.Sms))).Verification!;
        _service.Time.Advance(TimeSpan.FromSeconds(90));
        await CheckAsync(TestService.Wrong(_service.LatestCode));

        var found = (await Grain.FindVerification(sent.Sid))!;

        Assert.Equal(sent.CreatedAt, found.CreatedAt);
        Assert.Equal(sent.CreatedAt + TimeSpan.FromSeconds(90), found.UpdatedAt);
    }

    [Fact]
    public async Task End_that_is_asked_for_twice_under_one_operation_ends_once()
    {
        var sent = (await SendAsync(new VerificationStart(VerificationChannel.Sms))).Verification!;
        var end = new VerificationEnd(sent.Sid, IsApproved: false, Operation.New(), Jane);

        Assert.Equal(VerifyStatus.Verified, await Grain.EndVerification(end));
        Assert.Equal(VerifyStatus.Verified, await Grain.EndVerification(end));
        Assert.Equal(VerifyStatus.OperationMismatch, await Grain.EndVerification(end with { IsApproved = true }));
        Assert.Equal(VerifyStatus.NoCode, await Grain.EndVerification(end with { Operation = Operation.New() }));
        Assert.Equal(VerifyStatus.NoCode, (await CheckAsync(_service.LatestCode)).Status);
    }

    [Fact]
    public async Task Repeated_guess_is_told_of_the_same_verification_when_its_code_is_gone()
    {
        var sent = (await SendAsync(new VerificationStart(VerificationChannel.Sms))).Verification!;
        var (wrong, right) = (Operation.New(), Operation.New());
        var code = _service.LatestCode;
        await CheckAsync(TestService.Wrong(code), wrong);
        await CheckAsync(code, right);

        var wrongAgain = await CheckAsync(TestService.Wrong(code), wrong);
        var rightAgain = await CheckAsync(code, right);

        Assert.Equal((VerifyStatus.WrongCode, sent.Sid), (wrongAgain.Status, wrongAgain.Verification!.Sid));
        Assert.Equal((VerifyStatus.Verified, sent.Sid), (rightAgain.Status, rightAgain.Verification!.Sid));
    }

    [Fact]
    public async Task Guess_at_another_verification_compares_nothing()
    {
        await SendAsync(new VerificationStart(VerificationChannel.Sms));
        var query = new VerificationQuery("VE00000000000000000000000000000000");
        for (var i = 0; i < 4; i++)
        {
            var outcome = await Grain.Verify(new VerifyRequest(Jane, Purpose.None, TestService.Wrong(_service.LatestCode), Operation.New(), Verification: query));
            Assert.Equal(VerifyStatus.NoCode, outcome.Status);
        }

        Assert.Equal(VerifyStatus.Verified, (await CheckAsync(_service.LatestCode)).Status);
    }

    [Fact]
    public async Task Sid_leads_to_its_target_while_the_code_lives()
    {
        var pointer = _service.Grains.GetGrain<IVerificationGrain>("test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.Null(await pointer.Find());
        var until = _service.Time.GetUtcNow() + TimeSpan.FromMinutes(5);
        await pointer.Remember(Key, until);
        await pointer.Remember(Key, until);
        _service.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Key, await pointer.Find());

        _service.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await pointer.Find());
    }

    [Fact]
    public async Task Erase_during_a_start_leaves_no_record_of_its_sid()
    {
        var sent = (await SendAsync(new VerificationStart(VerificationChannel.Sms))).Verification!;
        var pointer = _service.Grains.GetGrain<IVerificationGrain>(_service.Verifications.KeyFor(TestService.Program, sent.Sid));
        await _service.EraseAsync(Jane);
        var writes = _service.Storage.Writes;

        await pointer.Remember(Key, sent.ExpiresAt);

        Assert.Equal(writes, _service.Storage.Writes);
        Assert.Null(await pointer.Find());
    }

    [Fact]
    public async Task Message_that_no_provider_took_is_none_of_the_verification()
    {
        _service.Use(Repeating);
        var sent = (await SendAsync(new VerificationStart(VerificationChannel.Sms))).Verification!;
        _service.Time.Advance(TimeSpan.FromSeconds(1));
        _service.Delivery.Accepts = false;
        Assert.Equal(SendStatus.DeliveryFailed, (await SendAsync(new VerificationStart(VerificationChannel.Call))).Status);

        Assert.Equal(sent.Sends.AsEnumerable(), (await Grain.FindVerification(sent.Sid))!.Sends.AsEnumerable());

        _service.Delivery.Accepts = true;
        Assert.Equal(2, (await SendAsync(new VerificationStart(VerificationChannel.Call))).Verification!.Sends.Length);
    }

    [Fact]
    public async Task Code_of_another_surface_becomes_no_verification_by_a_message_that_no_provider_took()
    {
        _service.Use(Repeating);
        await _service.SendAsync(Jane);
        _service.Time.Advance(TimeSpan.FromSeconds(1));
        _service.Delivery.Accepts = false;

        await SendAsync(new VerificationStart(VerificationChannel.Sms));

        Assert.Null(await Grain.FindVerification(sid: null));
        Assert.Equal(VerifyStatus.Verified, (await CheckAsync(_service.LatestCode)).Status);
    }

    [Fact]
    public async Task Sid_that_was_remembered_before_is_written_once()
    {
        var pointer = _service.Grains.GetGrain<IVerificationGrain>("test:BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        var until = _service.Time.GetUtcNow() + TimeSpan.FromMinutes(5);
        await pointer.Remember(Key, until);
        var writes = _service.Storage.Writes;

        await pointer.Remember(Key, until);

        Assert.Equal(writes, _service.Storage.Writes);
    }

    private static ProgramOptions Repeating => new() { Policy = new PolicyOptions { OnResend = ResendMode.Repeat } };

    private Task<SendOutcome> SendAsync(VerificationStart start) => Grain.Send(new SendRequest(Jane, Purpose.None, Operation.New(), Verification: start));

    private Task<VerifyOutcome> CheckAsync(string code, Operation? operation = null) =>
        Grain.Verify(new VerifyRequest(Jane, Purpose.None, code, operation ?? Operation.New(), Verification: new VerificationQuery(Sid: null)));
}
