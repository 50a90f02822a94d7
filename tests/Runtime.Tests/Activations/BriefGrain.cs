namespace Orleans.Otp.Conformance.Activations;

/// <summary>May be idle for less long than other grains.</summary>
[CollectionAgeLimit(Minutes = 3)]
public sealed class BriefGrain(BriefLog log) : Grain, IBriefGrain
{
    public Task Touch() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        log.Deactivated.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
