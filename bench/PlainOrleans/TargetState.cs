namespace Otp.PlainOrleans;

/// <summary>What is stored of one target. Instants are UTC ticks.</summary>
[GenerateSerializer, Alias("plain.TargetState")]
public sealed class TargetState
{
    /// <summary>Accepted sends, the oldest first.</summary>
    [Id(0)]
    public List<long> Sends { get; set; } = [];

    [Id(1)]
    public SentCode? Code { get; set; }

    /// <summary>The latest operations, the oldest first, so that a repeat gets the same answer.</summary>
    [Id(2)]
    public List<CompletedOperation> Operations { get; set; } = [];

    [Id(3)]
    public int WrongGuesses { get; set; }

    [Id(4)]
    public long LastWrongGuess { get; set; }

    [Id(5)]
    public long LockedUntil { get; set; }
}

/// <summary>A code that was sent: not its digits, but the nonce that they are derived from with a secret key (HMAC).</summary>
[GenerateSerializer, Alias("plain.SentCode")]
public sealed class SentCode
{
    [Id(0)]
    public Guid Nonce { get; set; }

    [Id(1)]
    public uint KeyId { get; set; }

    [Id(2)]
    public long ExpiresAt { get; set; }

    [Id(3)]
    public int Attempts { get; set; }
}

/// <summary>An operation and what came of it.</summary>
[GenerateSerializer, Alias("plain.CompletedOperation")]
public sealed class CompletedOperation
{
    [Id(0)]
    public Guid Id { get; set; }

    [Id(1)]
    public ulong Fingerprint { get; set; }

    [Id(2)]
    public long At { get; set; }

    [Id(3)]
    public OperationResult Result { get; set; }

    /// <summary>The nonce of the code that was sent or accepted.</summary>
    [Id(4)]
    public Guid Nonce { get; set; }
}

/// <summary>What came of an operation.</summary>
public enum OperationResult
{
    Sent,
    Verified,
    WrongCode,
}
