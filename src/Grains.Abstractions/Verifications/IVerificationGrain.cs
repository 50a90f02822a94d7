namespace Otp.Verifications;

/// <summary>Leads from a SID to its target's grain while the code lives; holds no address. <c>VerificationIndex</c> makes the key.</summary>
[Alias("otp.IVerificationGrain")]
public interface IVerificationGrain : IGrainWithStringKey
{
    /// <summary>Remembers the target's grain, durably before it returns.</summary>
    /// <param name="targetKey">The key of the target's grain.</param>
    /// <param name="until">The last instant at which it is asked for.</param>
    [Alias("Remember")]
    Task Remember(string targetKey, DateTimeOffset until);

    /// <summary>The key of the target's grain; null if there is none, or no longer.</summary>
    [Alias("Find")]
    Task<string?> Find();

    [Alias("Forget")]
    Task Forget();
}
