namespace Otp.Conformance.Scripted;

public sealed class ScriptedGrain : Grain, IScriptedGrain
{
    private readonly Script _script;

    public ScriptedGrain(Script script)
    {
        _script = script;
        script.Constructing(this);
    }

    /// <summary>A field of the activation that steps may use: gone with it.</summary>
    public int Counter { get; set; }

    public string Key => this.GetPrimaryKeyString();

    public IScriptedGrain Other(string key) => GrainFactory.GetGrain<IScriptedGrain>(key);

    /// <summary>The protected method of the base, for steps.</summary>
    public void Delay(TimeSpan span) => DelayDeactivation(span);

    public Task Do(string step) => _script.Run(step, this, CancellationToken.None);

    public Task DoUntil(string step, CancellationToken cancellationToken) => _script.Run(step, this, cancellationToken);

    public Task<string> Ask(string step) => _script.Run(step, this, CancellationToken.None);

    public Task DoSoon(string step) => _script.Run(step, this, CancellationToken.None);

    public async ValueTask DoQuickly(string step) => await _script.Run(step, this, CancellationToken.None);

    public ValueTask<string> AskQuickly(string step) => new(_script.Run(step, this, CancellationToken.None));

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _script.Activating(this);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _script.Deactivating(this, reason);
}
