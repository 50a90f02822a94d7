using System.Text.Json;
using Microsoft.Extensions.Options;
using Otp.Customers;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;

namespace Otp.Members;

/// <summary>Seals members' records, and says how long they are kept.</summary>
public sealed class MemberVault(ServiceKeys keys, Seal seal, TimeProvider time, IOptions<OtpOptions> options)
{
    private readonly TimeSpan _retention = options.Value.MemberRetention;

    /// <summary>The time, in UTC ticks.</summary>
    public long Now => time.GetUtcNow().UtcTicks;

    /// <summary>Whether a record in use must be written again, so that the storage does not delete it.</summary>
    public bool IsAged(long writtenAt) => Now - writtenAt > _retention.Ticks / 10;

    /// <summary>Until when the storage must keep a record that is written now, in UTC ticks.</summary>
    public long NeededUntil<T>(T record) => Now + _retention.Ticks;

    /// <summary>Seals a member for the grain with this key.</summary>
    public MemberState Close(Member member, string grainKey) => new()
    {
        Sealed = seal.Close(keys.Member, JsonSerializer.SerializeToUtf8Bytes(member, StateJson.Default.Member), grainKey),
        WrittenAt = Now,
    };

    /// <summary>Opens what <see cref="Close"/> sealed; null if there is no member.</summary>
    public Member? Open(MemberState state, string grainKey) => state.Sealed.IsEmpty
        ? null
        : JsonSerializer.Deserialize(Seal.Open(keys.Member, state.Sealed, grainKey), StateJson.Default.Member)!;
}
