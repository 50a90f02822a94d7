namespace Otp.Bench.Comparison.Systems;

/// <summary>What a process is there for, so that the work of each is told apart.</summary>
internal enum ProcessRole
{
    /// <summary>Answers HTTP.</summary>
    Http,

    /// <summary>A silo apart from the gateway.</summary>
    Silo,

    /// <summary>Redis or Garnet.</summary>
    Redis,

    /// <summary>The load generator.</summary>
    Load,
}
