using Orleans.Otp.Targets;

namespace Orleans.Otp.Rehearsal;

/// <summary>Goes through the motions of a target's grain for nobody, so that the first real call to a silo finds all code ready. The keys are those of target grains.</summary>
[Alias("otp.IRehearsalGrain")]
public interface IRehearsalGrain : IGrainWithStringKey
{
    /// <summary>Makes a code, stores it, verifies it and deletes it again; nothing is delivered and nothing is left.</summary>
    [Alias("Rehearse")]
    Task<SendOutcome> Rehearse(SendRequest request);
}
