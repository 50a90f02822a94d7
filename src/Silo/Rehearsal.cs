using Microsoft.Extensions.Options;
using Orleans.Otp.Customers;
using Orleans.Otp.Operations;
using Orleans.Otp.Programs;
using Orleans.Otp.Rehearsal;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Silo;

/// <summary>
/// What a silo does before it is given any target: a send, a verify and a look at a session for nobody. The just-in-time compiler's second
/// is spent then, and not while the first people wait whose targets have moved here.
/// </summary>
internal sealed partial class Rehearsal(
    IGrainFactory grains, TargetIndex targets, OperationIndex operations, IOptions<OtpOptions> options, TimeProvider time, ILogger<Rehearsal> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Task RunAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        ActivatorUtilities.CreateInstance<Rehearsal>(services).RunAsync(cancellationToken);

    /// <summary>Rehearses. A silo that cannot is only slower at first: what is wrong shows by itself.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(options.Value.Programs.Keys.Take(1).Select(CallAsync)).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var error = exception.GetType().FullName;
            LogFailed(error);
        }
    }

    private async Task CallAsync(string program)
    {
        var target = new Target(Channel.Email, $"{operations.New().Id:n}@rehearsal.invalid");
        var key = targets.KeyFor(program, target);
        await grains.GetGrain<IRehearsalGrain>(key).Rehearse(new SendRequest(target, Purpose.None, operations.New()));
        await grains.GetGrain<ITargetGrain>(key).Verify(new VerifyRequest(target, Purpose.None, "000000", operations.New(), IsRehearsal: true));
        await grains.GetGrain<ISessionGrain>(SessionToken.KeyOf(key)).Read(new SessionQuery(program, key));
    }

    [LoggerMessage(EventId = 2020, Level = LogLevel.Information, Message = "The silo could not rehearse ({Error}); its first calls take longer.")]
    private partial void LogFailed(string? error);
}
