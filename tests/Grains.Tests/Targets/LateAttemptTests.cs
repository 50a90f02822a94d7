using Otp.Grains.Tests.Harness;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>An attempt that its gateway gave up arrives when the call has long been answered, as out of a process that stood still.</summary>
public sealed class LateAttemptTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");
    private static readonly Guid Call = new(1, 2, 3, new byte[8]);

    private TestService _service = null!;

    private ITargetGrain Grain => _service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(TestService.Program, Jane));

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Send_that_was_refused_stays_refused_when_the_window_is_open_again()
    {
        await SendAsync(times: 5);
        var operation = Operation.New();
        Assert.Equal(SendStatus.RateLimited, (await SendAsync(operation, new Attempt(Call, 1))).Status);
        _service.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(SendStatus.RateLimited, (await SendAsync(operation, new Attempt(Call, 0))).Status);

        Assert.Equal(5, _service.Delivery.Messages.Count);
        Assert.Equal(0, (await Grain.Inspect()).Windows[0].Sent);
    }

    [Fact]
    public async Task Caller_who_waited_and_repeats_a_refused_send_under_its_key_is_served()
    {
        await SendAsync(times: 5);
        var operation = Operation.New();
        await SendAsync(operation, new Attempt(Call, 1));
        _service.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(SendStatus.Sent, (await SendAsync(operation, new Attempt(new Guid(2, 2, 3, new byte[8]), 0))).Status);
    }

    [Fact]
    public async Task Send_that_later_operations_have_pushed_out_of_memory_is_not_made_again()
    {
        var operation = Operation.New();
        await SendAsync(operation, new Attempt(Call, 1));
        for (var i = 0; i < TargetRules.KeptOperations; i++)
        {
            await _service.VerifyAsync(Jane, TestService.Wrong(_service.LatestCode));
            await _service.SendAsync(Jane);
        }

        var sent = _service.Delivery.Messages.Count;
        Assert.Equal(SendStatus.Sent, (await SendAsync(operation, new Attempt(Call, 0))).Status);

        Assert.Equal(sent, _service.Delivery.Messages.Count);
    }

    [Fact]
    public async Task Guess_that_met_no_code_is_not_counted_against_the_next_one()
    {
        var guess = new VerifyRequest(Jane, Purpose.None, "000000", Operation.New(), Attempt: new Attempt(Call, 1));
        Assert.Equal(VerifyStatus.NoCode, (await Grain.Verify(guess)).Status);
        await _service.SendAsync(Jane);

        Assert.Equal(VerifyStatus.NoCode, (await Grain.Verify(guess with { Attempt = new Attempt(Call, 0) })).Status);

        Assert.Equal(3, (await Grain.Inspect()).Codes.Single().AttemptsLeft);
    }

    private async Task SendAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
        }
    }

    private Task<SendOutcome> SendAsync(Operation operation, Attempt attempt) =>
        Grain.Send(new SendRequest(Jane, Purpose.None, operation, Attempt: attempt));
}
