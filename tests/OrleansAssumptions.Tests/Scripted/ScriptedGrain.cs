namespace Otp.OrleansAssumptions.Scripted;

public sealed class ScriptedGrain(Script script) : Grain, IScriptedGrain
{
    /// <summary>A field of the activation that steps may use: gone with it.</summary>
    public int Counter { get; set; }

    public Task Do(string step) => script.Run(step, this);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => script.Deactivating(this, reason);
}
