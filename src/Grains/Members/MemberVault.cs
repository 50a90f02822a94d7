using System.Text.Json;
using Microsoft.Extensions.Options;
using Otp.Customers;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Members;

/// <summary>How members are kept: sealed, and for as long as somebody asks for them.</summary>
public sealed class MemberVault
{
    private const string Nowhere = "nobody";

    private readonly ServiceKeys _keys;
    private readonly Seal _seal;
    private readonly TimeProvider _time;
    private readonly TimeSpan _retention;
    private readonly byte[] _nobody;
    private readonly byte[] _unclaimed;

    public MemberVault(ServiceKeys keys, Seal seal, TimeProvider time, IOptions<OtpOptions> options)
    {
        (_keys, _seal, _time) = (keys, seal, time);
        _retention = options.Value.MemberRetention;
        var nobody = new Member("0123456789", "nobody@example.com", null, Channel.Email, null);
        _unclaimed = JsonSerializer.SerializeToUtf8Bytes(
            new MemberEmailState { Owner = new string('0', 46), WrittenAt = Now }, StateJson.Default.MemberEmailState);
        _nobody = JsonSerializer.SerializeToUtf8Bytes(Close(nobody, Nowhere), StateJson.Default.MemberState);
    }

    /// <summary>The time, in UTC ticks.</summary>
    public long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Whether a record in use must be written again, lest the storage forget it.</summary>
    public bool IsAged(long writtenAt) => Now - writtenAt > _retention.Ticks / 10;

    /// <summary>Until when a record that is written now must be kept, whatever it says.</summary>
    public long NeededUntil<T>(T record) => Now + _retention.Ticks;

    /// <summary>Seals a member for the grain with this key.</summary>
    public MemberState Close(Member member, string key)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(member, StateJson.Default.Member);
        return new MemberState { Sealed = _seal.Close(_keys.Member, plain, key), WrittenAt = Now };
    }

    /// <summary>The key of the member with a claim; null where there is none, after the work of reading one.</summary>
    public string? OwnerOf(MemberEmailState claim)
    {
        if (claim.Owner.Length > 0)
        {
            return claim.Owner;
        }

        JsonSerializer.Deserialize(_unclaimed, StateJson.Default.MemberEmailState);
        return null;
    }

    /// <summary>Opens what <see cref="Close"/> made; null where there is nothing, after the work of reading and opening something.</summary>
    public Member? Open(MemberState state, string key)
    {
        if (state.Sealed.IsEmpty)
        {
            Read(JsonSerializer.Deserialize(_nobody, StateJson.Default.MemberState)!, Nowhere);
            return null;
        }

        return Read(state, key);
    }

    private Member Read(MemberState state, string key) =>
        JsonSerializer.Deserialize(Seal.Open(_keys.Member, state.Sealed, key), StateJson.Default.Member)!;
}
