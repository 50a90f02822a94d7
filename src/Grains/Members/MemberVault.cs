using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Otp.Customers;
using Orleans.Otp.Keys;
using Orleans.Otp.Programs;
using Orleans.Otp.Storage;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Members;

/// <summary>How members are kept: sealed, and for as long as somebody asks for them.</summary>
public sealed class MemberVault
{
    private const string Nowhere = "nobody";

    private readonly ServiceKeys _keys;
    private readonly Seal _seal;
    private readonly TimeProvider _time;
    private readonly long _freshTicks;
    private readonly ImmutableArray<byte> _nobody;

    public MemberVault(ServiceKeys keys, Seal seal, TimeProvider time, IOptions<OtpOptions> options)
    {
        (_keys, _seal, _time) = (keys, seal, time);
        _freshTicks = options.Value.MemberRetention.Ticks / 10;
        _nobody = Close(new Member("0123456789", "nobody@example.com", null, Channel.Email, null), Nowhere);
    }

    /// <summary>The time, in UTC ticks.</summary>
    public long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Whether a record in use must be written again, lest the storage forget it.</summary>
    public bool IsAged(long writtenAt) => Now - writtenAt > _freshTicks;

    /// <summary>Seals a member for the grain with this key.</summary>
    public ImmutableArray<byte> Close(Member member, string key) =>
        _seal.Close(_keys.Member, JsonSerializer.SerializeToUtf8Bytes(member, StateJson.Default.Member), key);

    /// <summary>Opens what <see cref="Close"/> made; null, after as much work, where there is nothing.</summary>
    public Member? Open(ImmutableArray<byte> box, string key)
    {
        var isNobody = box.IsEmpty;
        var plain = Seal.Open(_keys.Member, isNobody ? _nobody : box, isNobody ? Nowhere : key);
        var member = JsonSerializer.Deserialize(plain, StateJson.Default.Member);
        return isNobody ? null : member;
    }
}
