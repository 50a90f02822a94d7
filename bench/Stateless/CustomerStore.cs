using Otp.Contract;
using Otp.Targets;
using StackExchange.Redis;

namespace Otp.Stateless;

/// <summary>
/// Finds or creates the customer of a verified target and opens its session: one script, then one write, because a session is found by
/// its token alone and holds the identity.
/// </summary>
internal sealed class CustomerStore(IDatabase redis, CustomerSecrets secrets)
{
    /// <summary>
    /// The hash <c>i</c> id, <c>n</c> sealed name, <c>s</c> open sessions (key 43, expiry 13). Arguments: new id, sealed name or '',
    /// session key, its expiry, now, time to live. Replies {id, sealed name}.
    /// </summary>
    public static readonly PreparedScript Admit = new(
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

    private static readonly long CustomerMilliseconds = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    public async Task<Session> SignInAsync(string key, Target target, Proof proof, string? name, long now)
    {
        var token = secrets.TokenFor(key, proof);
        var sessionKey = CustomerSecrets.SessionKeyOf(token);
        var expiresAt = (proof.At + CustomerSecrets.SessionLifetime).ToUnixTimeMilliseconds();
        var customer = await Admit.EvaluateAsync(
            redis,
            "stateless:customer:" + key,
            secrets.NewId(),
            secrets.SealName(key, name),
            sessionKey,
            expiresAt,
            now,
            CustomerMilliseconds);

        var identity = secrets.IdentityOf(key, target, proof, (string)customer[0]!, (byte[])customer[1]!);
        await redis.StringSetAsync(
            "stateless:session:" + sessionKey, secrets.SealIdentity(token, sessionKey, identity), CustomerSecrets.SessionLifetime);
        return new Session(token, identity);
    }
}
