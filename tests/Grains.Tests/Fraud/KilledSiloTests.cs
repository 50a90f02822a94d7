using Microsoft.Extensions.Logging;
using Otp.Fraud;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Fraud;

public sealed class KilledSiloTests
{
    private const int Budget = 50;
    private const int Concurrency = 10;
    private const int Attempts = 40;

    [Fact]
    public async Task Prefix_whose_silo_is_killed_gets_no_more_codes_than_the_budget_says()
    {
        await using var service = await TestService.StartAsync(silos: 3, logs: LogLevel.Warning);
        service.Use(new ProgramOptions { FraudGuard = { Budget = Budget } });
        var prefix = service.Grains.GetGrain<IPrefixGrain>(PrefixKey.Compose(TestService.Program, "+4477009"));
        var accepted = 0;
        var asked = 0;
        var isHalfway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var senders = Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(SendAsync, TestContext.Current.CancellationToken)));
        await isHalfway.Task.WaitAsync(TestContext.Current.CancellationToken);
        await service.KillSiloOfAsync(prefix);
        await senders;

        // What the killed activation was about to accept may count twice: the lease, and the calls under way.
        Assert.InRange(accepted, Budget - (Budget / 10) - Concurrency, Budget);

        async Task SendAsync()
        {
            for (var i = Interlocked.Increment(ref asked); i <= 4 * Budget; i = Interlocked.Increment(ref asked))
            {
                var status = await SendUntilAnsweredAsync(service, new Target(Channel.Phone, $"+4477009{i:D5}"));
                if (status == SendStatus.Sent && Interlocked.Increment(ref accepted) == Budget / 2)
                {
                    isHalfway.SetResult();
                }
            }
        }
    }

    // As a gateway does: under the same operation until there is an answer.
    private static async Task<SendStatus> SendUntilAnsweredAsync(TestService service, Target target)
    {
        var operation = Operation.New();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await service.SendAsync(target, operation)).Status;
            }
            catch (Exception exception) when (attempt < Attempts && exception is OrleansException or TimeoutException)
            {
                // The silo is gone, and the others do not all know it yet.
            }
        }
    }
}
