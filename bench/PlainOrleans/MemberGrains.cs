namespace Otp.PlainOrleans;

/// <summary>Which member has an e-mail address.</summary>
[Alias("plain.IMemberEmailGrain")]
public interface IMemberEmailGrain : IGrainWithStringKey
{
    /// <summary>The key of the member; null if none has claimed the address.</summary>
    [Alias("GetOwner")]
    Task<string?> GetOwner();
}

/// <summary>A member.</summary>
[Alias("plain.IMemberGrain")]
public interface IMemberGrain : IGrainWithStringKey
{
    [Alias("Exists")]
    Task<bool> Exists();
}

/// <summary>What is stored of an address.</summary>
[GenerateSerializer, Alias("plain.MemberEmailState")]
public sealed class MemberEmailState
{
    [Id(0)]
    public string? Owner { get; set; }
}

/// <summary>What is stored of a member.</summary>
[GenerateSerializer, Alias("plain.MemberState")]
public sealed class MemberState
{
    [Id(0)]
    public byte[] Sealed { get; set; } = [];
}

public sealed class MemberEmailGrain([PersistentState("member-email")] IPersistentState<MemberEmailState> record) : Grain, IMemberEmailGrain
{
    public Task<string?> GetOwner() => Task.FromResult(record.State.Owner);
}

public sealed class MemberGrain([PersistentState("member")] IPersistentState<MemberState> record) : Grain, IMemberGrain
{
    public Task<bool> Exists() => Task.FromResult(record.RecordExists);
}
