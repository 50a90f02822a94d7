using System.Text.Json;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Members;

/// <summary>Seals members' records, says how long they are kept, and reads what is not there with the work of reading what is.</summary>
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
        (_keys, _seal, _time, _retention) = (keys, seal, time, options.Value.MemberRetention);
        var nobody = new Member("0123456789", "nobody@example.com", null, Channel.Email, null);
        _unclaimed = JsonSerializer.SerializeToUtf8Bytes(
            new MemberEmailState { Owner = new string('0', 46), WrittenAt = Now }, StateJson.Default.MemberEmailState);
        _nobody = JsonSerializer.SerializeToUtf8Bytes(Close(nobody, Nowhere), StateJson.Default.MemberState);
    }

    /// <summary>The time, in UTC ticks.</summary>
    public long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Whether a record in use must be written again, so that the storage does not delete it.</summary>
    public bool IsAged(long writtenAt) => Now - writtenAt > _retention.Ticks / 10;

    /// <summary>Until when the storage must keep a record that is written now, in UTC ticks.</summary>
    public long NeededUntil<T>(T record) => Now + _retention.Ticks;

    /// <summary>Seals a member for the grain with this key.</summary>
    public MemberState Close(Member member, string grainKey) => new()
    {
        Sealed = _seal.Close(_keys.Member, JsonSerializer.SerializeToUtf8Bytes(member, StateJson.Default.Member), grainKey),
        WrittenAt = Now,
    };

    /// <summary>The key of the member with a claim; null if there is none, after the work of reading one.</summary>
    public string? OwnerOf(MemberEmailState claim)
    {
        if (claim.Owner.Length > 0)
        {
            return claim.Owner;
        }

        JsonSerializer.Deserialize(_unclaimed, StateJson.Default.MemberEmailState);
        return null;
    }

    /// <summary>Opens what <see cref="Close"/> sealed; null if there is no member, after the work of reading and opening one.</summary>
    public Member? Open(MemberState state, string grainKey)
    {
        if (state.Sealed.IsEmpty)
        {
            Read(JsonSerializer.Deserialize(_nobody, StateJson.Default.MemberState)!, Nowhere);
            return null;
        }

        return Read(state, grainKey);
    }

    private Member Read(MemberState state, string grainKey) =>
        JsonSerializer.Deserialize(Seal.Open(_keys.Member, state.Sealed, grainKey), StateJson.Default.Member)!;
}
