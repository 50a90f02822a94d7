using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Otp.Customers;
using Otp.Keys;
using Otp.Targets;
using Orleans.Redis;

namespace Otp.Stateless;

/// <summary>
/// Finds or creates the customer of a verified target and opens its session: one script, then one write, because a session is found by
/// its token alone and holds the identity. Names and identities are sealed as the service seals them.
/// </summary>
internal sealed class CustomerStore(RedisClient redis, ServiceKeys keys, Seal seal, RandomNumberGenerator random)
{
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);
    private static readonly RedisArgument SessionMilliseconds = (long)SessionLifetime.TotalMilliseconds;
    private static readonly RedisArgument CustomerMilliseconds = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    /// <summary>
    /// The hash <c>i</c> id, <c>n</c> sealed name, <c>s</c> open sessions (key 43, expiry 13). Arguments: new id, sealed name or '',
    /// session key, its expiry, now, time to live. Replies {id, sealed name}.
    /// </summary>
    private static readonly RedisScript Admit = new(
        """
        local stored = redis.call('HMGET', KEYS[1], 'i', 'n', 's')
        local id, name, sessions = stored[1] or ARGV[1], stored[2] or '', stored[3] or ''
        if name == '' then name = ARGV[2] end
        local kept = ''
        for i = 1, #sessions, 56 do
          if string.sub(sessions, i, i + 42) == ARGV[3] then return {id, name} end
          if tonumber(string.sub(sessions, i + 43, i + 55)) > tonumber(ARGV[5]) then kept = kept .. string.sub(sessions, i, i + 55) end
        end
        redis.call('HSET', KEYS[1], 'i', id, 'n', name, 's', kept .. ARGV[3] .. ARGV[4])
        redis.call('PEXPIRE', KEYS[1], ARGV[6])
        return {id, name}
        """);

    public async Task<SignInResult> SignInAsync(string key, Target target, VerifyReply proof, string? name, long now)
    {
        var token = TokenFor(key, proof.Proof);
        var sessionKey = SessionToken.KeyOf(token);
        var expiresAt = proof.At + (long)SessionLifetime.TotalMilliseconds;
        var sealedName = string.IsNullOrEmpty(name) ? [] : seal.Close(keys.Customer, Encoding.UTF8.GetBytes(name), key);
        var customer = (await redis.EvaluateAsync(
            Admit, "stateless:customer:" + key, NewId(), Bytes(sealedName), sessionKey, expiresAt, now, CustomerMilliseconds)).Items;

        var identity = new Identity(
            customer[0].AsText()!,
            target.Channel == Channel.Email ? target.Value : null,
            target.Channel == Channel.Phone ? target.Value : null,
            customer[1].Bytes is { Length: > 0 } box
                ? Encoding.UTF8.GetString(Seal.Open(keys.Customer, ImmutableCollectionsMarshal.AsImmutableArray(box), key))
                : null,
            Verified: true,
            DateTimeOffset.FromUnixTimeMilliseconds(proof.At),
            TrustLevel: "verified");
        var plain = JsonSerializer.SerializeToUtf8Bytes(identity, ApiJson.Default.Identity);
        var ticket = Bytes(seal.Close(Seal.KeyFrom(token), plain, sessionKey));
        await redis.ExecuteAsync("SET", "stateless:session:" + sessionKey, ticket, "PX", SessionMilliseconds);
        return new SignInResult(token, identity);
    }

    private static byte[] Bytes(ImmutableArray<byte> bytes) => ImmutableCollectionsMarshal.AsArray(bytes)!;

    private string TokenFor(string key, Guid proof)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(key)];
        proof.TryWriteBytes(input);
        Encoding.UTF8.GetBytes(key, input.AsSpan(16));
        return Base64Url.EncodeToString(HMACSHA256.HashData(keys.Session, input));
    }

    private string NewId()
    {
        Span<byte> id = stackalloc byte[12];
        random.GetBytes(id);
        return Convert.ToHexStringLower(id);
    }
}
