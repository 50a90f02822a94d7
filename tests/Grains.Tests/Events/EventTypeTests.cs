using Otp.Delivery;
using Otp.Events;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Grains.Tests.Events;

/// <summary>What the program's endpoint is told of, and what not.</summary>
public sealed class EventTypeTests : IAsyncLifetime
{
    private EventService _events = null!;

    private TestService Service => _events.Service;

    public async ValueTask InitializeAsync() => _events = await EventService.StartAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task Send_is_told_with_what_it_is_about_and_without_code_and_address()
    {
        await _events.Target.Send(new SendRequest(EventService.Jane, Purpose.Login, Operation.New()));

        var sent = await _events.NextAsync();

        Assert.Equal("otp.sent", sent.Type);
        Assert.Equal(Service.Time.GetUtcNow(), sent.Timestamp);
        Assert.Equal(
            ["program", "subject", "sequence", "purpose", "verification", "channel"], sent.Data.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(("test", "Login", "email"), (sent.Text("program"), sent.Text("purpose"), sent.Text("channel")));
        Assert.Equal(EventRecords.SubjectOf(_events.Key), sent.Text("subject"));
        Assert.DoesNotContain(Service.LatestCode, sent.Request.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("jane", sent.Request.Text, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Orleans.Otp/", sent.Request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_are_told_with_the_verification_of_their_send()
    {
        await Service.SendAsync(EventService.Jane);
        await Service.VerifyAsync(EventService.Jane, TestService.Wrong(Service.LatestCode));
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);

        var told = await _events.NextAsync(3);

        Assert.Equal(["otp.sent", "otp.failed", "otp.verified"], told.Select(static e => e.Type));
        Assert.Single(told.Select(static e => e.Text("verification")).Distinct());
        Assert.Equal(3, told.Select(static e => e.Id).Distinct().Count());
        Assert.True(told[0].Sequence < told[1].Sequence && told[1].Sequence < told[2].Sequence);
    }

    [Fact]
    public async Task Verification_has_the_SID_that_the_Verify_surface_tells()
    {
        var outcome = await _events.Target.Send(
            new SendRequest(EventService.Jane, Purpose.None, Operation.New(), Verification: new VerificationStart(VerificationChannel.Email)));

        Assert.Equal(outcome.Verification!.Sid, (await _events.NextAsync()).Text("verification"));
    }

    [Fact]
    public async Task Guess_that_locks_is_told_twice_with_the_end_of_the_lockout()
    {
        _events.Use(static _ => { }, new ProgramOptions { Lockout = new LockoutOptions { Threshold = 1, Duration = TimeSpan.FromHours(2) } });
        await Service.SendAsync(EventService.Jane);
        await Service.VerifyAsync(EventService.Jane, TestService.Wrong(Service.LatestCode));
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);
        await Service.SendAsync(EventService.Jane);

        var told = await _events.NextAsync(3);

        Assert.Equal(["otp.sent", "otp.failed", "otp.locked"], told.Select(static e => e.Type));
        Assert.Equal(Service.Time.GetUtcNow().AddHours(2), told[2].Data.GetProperty("lockedUntil").GetDateTimeOffset());
        await _events.SettledAsync();
        Assert.Equal(3, _events.Endpoint.Count);
    }

    [Theory]
    [InlineData(DeliveryFailure.Rejected, "delivery_failed")]
    [InlineData(DeliveryFailure.RecipientUnreachable, "unreachable")]
    public async Task Send_that_is_withdrawn_is_told_to_be_undelivered(DeliveryFailure failure, string reason)
    {
        Service.Delivery.Result = DeliveryResult.Refused(failure);
        await Service.SendAsync(EventService.Jane);

        var told = await _events.NextAsync(2);

        Assert.Equal(["otp.sent", "otp.undelivered"], told.Select(static e => e.Type));
        Assert.Equal((reason, told[0].Text("verification")), (told[1].Text("reason"), told[1].Text("verification")));
    }

    [Fact]
    public async Task Channel_is_how_the_message_travels_where_the_policy_orders_a_fall_back()
    {
        var joe = new Target(Channel.Phone, "+442079460018");
        _events.Use(static _ => { }, new ProgramOptions { Policy = new PolicyOptions { Fallback = [VerificationChannel.Sms, VerificationChannel.Call] } });
        await Service.SendAsync(joe);
        await Service.SendAsync(joe);
        Service.Delivery.Accepts = false;
        await Service.SendAsync(joe);

        var told = await _events.NextAsync(4);

        Assert.Equal(
            [("otp.sent", "phone"), ("otp.sent", "call"), ("otp.sent", "call"), ("otp.undelivered", "call")],
            told.Select(static e => (e.Type, e.Text("channel")!)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verification_that_its_caller_approves_is_verified_and_one_that_is_canceled_is_not_told(bool isApproved)
    {
        var outcome = await _events.Target.Send(
            new SendRequest(EventService.Jane, Purpose.None, Operation.New(), Verification: new VerificationStart(VerificationChannel.Email)));
        await _events.Target.EndVerification(new VerificationEnd(outcome.Verification!.Sid, isApproved, Operation.New(), EventService.Jane));

        var told = await _events.NextAsync(isApproved ? 2 : 1);

        await _events.SettledAsync();
        Assert.Equal(isApproved ? ["otp.sent", "otp.verified"] : ["otp.sent"], told.Select(static e => e.Type));
        Assert.Equal(told.Count, _events.Endpoint.Count);
    }

    [Fact]
    public async Task Refusals_and_repeats_are_not_told()
    {
        var send = Operation.New();
        var verify = Operation.New();
        await Service.SendAsync(EventService.Jane, send);
        await Service.SendAsync(EventService.Jane, send);
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode, verify);
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode, verify);
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);

        var told = await _events.NextAsync(2);

        await _events.SettledAsync();
        Assert.Equal(["otp.sent", "otp.verified"], told.Select(static e => e.Type));
        Assert.Equal(2, _events.Endpoint.Count);
    }

    [Fact]
    public async Task Erase_leaves_nothing_but_its_event_and_then_nothing_at_all()
    {
        _events.Answer(500);
        _events.Use(static events => events.IncludeTarget = true);
        await Service.NewSessionAsync(EventService.Jane, "Jane");
        var before = (await _events.NextAsync()).Text("subject");

        await Service.EraseAsync(EventService.Jane);
        await Service.EraseAsync(EventService.Jane);

        Assert.Equal(0, (await Service.InspectAsync(EventService.Jane)).OpenSessions);
        _events.Answer(200);
        await _events.AdvanceAsync(TimeSpan.FromSeconds(1));
        var erased = await _events.NextAsync();
        Assert.Equal(("otp.erased", before), (erased.Type, erased.Text("subject")));
        Assert.Equal(["program", "subject", "sequence"], erased.Data.EnumerateObject().Select(static member => member.Name));
        await _events.SettledAsync();
        Assert.DoesNotContain("\ntarget/", $"\n{Service.Storage.Content}", StringComparison.Ordinal);
        Assert.Equal(2, _events.Endpoint.Count);
    }

    [Fact]
    public async Task Erase_of_nothing_is_not_told()
    {
        await Service.EraseAsync(EventService.Jane);
        await Service.SendAsync(EventService.Jane);

        Assert.Equal("otp.sent", (await _events.NextAsync()).Type);
    }

    [Fact]
    public async Task Only_the_types_that_the_program_names_are_told()
    {
        _events.Use(static events => events.Types = [EventType.Verified]);
        await Service.SendAsync(EventService.Jane);
        Assert.Equal(1, Service.Storage.Writes);
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);

        Assert.Equal("otp.verified", (await _events.NextAsync()).Type);
    }

    [Fact]
    public async Task Address_is_told_if_the_program_wants_it_and_is_sealed_until_then()
    {
        _events.Answer(503);
        _events.Use(static events => events.IncludeTarget = true);
        await Service.SendAsync(EventService.Jane);

        var told = await _events.NextAsync();

        Assert.Equal(EventService.Jane.Value, told.Text("target"));
        Assert.Contains("\"x\":\"", Service.Storage.Content, StringComparison.Ordinal);
        var seen = Service.Storage.Content + string.Join('\n', Service.Logs.Lines);
        Assert.DoesNotContain("jane", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Service.LatestCode, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decoy_costs_what_a_target_costs_and_nobody_is_told_of_it()
    {
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();
        await _events.SettledAsync();
        var cost = Service.Storage.Writes;
        var decoy = Service.Targets.DecoyFor(TestService.Program, "nobody@example.com");

        await Service.Grains.GetGrain<ITargetGrain>(decoy).Send(new SendRequest(EventService.Jane, Purpose.None, Operation.New()));

        var outbox = Service.Grains.GetGrain<IEventOutboxGrain>(EventShards.KeyFor(decoy));
        await EventService.UntilAsync(async () => (await outbox.Report()).WaitingTargets == 0);
        Assert.Equal(2 * cost, Service.Storage.Writes);
        Assert.Equal(1, _events.Endpoint.Count);
    }

    [Theory]
    [InlineData(DeliveryFailure.Rejected, SendStatus.DeliveryFailed)]
    [InlineData(DeliveryFailure.RecipientUnreachable, SendStatus.Undeliverable)]
    [InlineData(null, SendStatus.Sent)]
    public async Task Message_that_the_fraud_guard_holds_back_in_silence_is_told_to_nobody(DeliveryFailure? failure, SendStatus pretence)
    {
        var (first, held, other) = (Phone("+447700910001"), Phone("+447700910002"), Phone("+447911123456"));
        _events.Use(static _ => { }, new ProgramOptions { FraudGuard = { Budget = 1 } });
        await Service.SendAsync(first);
        _events.Time.Advance(TimeSpan.FromMinutes(2));
        Service.Delivery.Result = failure is { } refusal ? DeliveryResult.Refused(refusal) : DeliveryResult.Accepted;
        await Service.SendAsync(other);
        var calls = Service.Delivery.Calls;

        var grain = Service.Grains.GetGrain<ITargetGrain>(KeyOf(held));
        var outcome = await grain.Send(new SendRequest(held, Purpose.None, Operation.New(), IsDiscreet: true));

        Assert.Equal((pretence, calls), (outcome.Status, Service.Delivery.Calls));
        foreach (var target in new[] { first, other, held })
        {
            var outbox = Service.Grains.GetGrain<IEventOutboxGrain>(EventShards.KeyFor(KeyOf(target)));
            await EventService.UntilAsync(async () =>
            {
                _events.Time.Advance(TimeSpan.FromSeconds(5));
                await outbox.Wake();
                return (await outbox.Report()).WaitingTargets == 0;
            });
        }

        var told = await _events.NextAsync(_events.Endpoint.Count);
        Assert.DoesNotContain(EventRecords.SubjectOf(KeyOf(held)), told.Select(static e => e.Text("subject")));
        // The clock moves while a post is under way, so one may time out and come again.
        Assert.Equal(failure is null ? 2 : 3, told.DistinctBy(static e => e.Id).Count());

        static Target Phone(string number) => new(Channel.Phone, number);

        string KeyOf(Target target) => Service.Targets.KeyFor(TestService.Program, target);
    }

    [Fact]
    public async Task Program_without_an_endpoint_pays_nothing()
    {
        Service.Use(new ProgramOptions());
        await Service.SendAsync(EventService.Jane);
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);

        Assert.Equal(2, Service.Storage.Writes);
        Assert.DoesNotContain("\"ev\"", Service.Storage.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("event-outbox", Service.Storage.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StorageFault.Lost)]
    [InlineData(StorageFault.Unanswered)]
    public async Task Sign_in_whose_write_fails_is_told_once_when_it_is_repeated(StorageFault fault)
    {
        _events.Use(static events => events.Types = [EventType.Verified]);
        await Service.SendAsync(EventService.Jane);
        var operation = Operation.New();
        Service.Storage.FailNextWrite(fault);
        await Assert.ThrowsAnyAsync<OrleansException>(() => Service.SignInAsync(EventService.Jane, Service.LatestCode, operation: operation));
        Assert.Equal(VerifyStatus.Verified, (await Service.SignInAsync(EventService.Jane, Service.LatestCode, operation: operation)).Status);

        // The outbox may have looked between the two, and looks again for as long as a call lasts.
        await EventService.UntilAsync(async () =>
        {
            await _events.AdvanceAsync(TimeSpan.FromSeconds(5));
            return (await _events.Outbox.Report()).WaitingTargets == 0;
        });
        await _events.NextAsync();

        Assert.Equal(1, _events.Endpoint.Count);
    }

    [Fact]
    public void Every_type_has_a_name_on_the_wire() => Assert.Equal(
        ["otp.sent", "otp.delivered", "otp.undelivered", "otp.verified", "otp.failed", "otp.locked", "otp.erased"],
        Enum.GetValues<EventType>().Select(EventTypes.NameOf));
}
