namespace Otp.Stateless;

/// <summary>
/// The rules of one target as scripts on one hash: <c>s</c> accepted sends, <c>o</c> latest operations, <c>c</c> live code (nonce, digest,
/// expiry), <c>a</c> its attempts, <c>w</c> and <c>wt</c> wrong guesses and when, <c>l</c> locked until. Lists are fixed-width text, so that
/// one read and one write carry everything. Instants are 13 digits of Unix milliseconds.
/// An operation is id (16), fingerprint (8), instant (13), result (1), nonce (16): 54 bytes.
/// </summary>
internal static class TargetScripts
{
    /// <summary>
    /// Arguments: now, operation id, fingerprint, nonce, code digest, code expiry, windows as <c>limit period …</c>, time to live.
    /// Replies: {1, sends, nonce or ''} sent (the nonce if it is a repeat whose code is alive); {2, sends, open from} refused by a window;
    /// {3, locked until}; {4} the operation's name was used for something else.
    /// </summary>
    public static readonly PreparedScript Send = new(
        """
        local sub = string.sub
        local now = tonumber(ARGV[1])
        local stored = redis.call('HMGET', KEYS[1], 's', 'o', 'l', 'c')
        local sends, operations, code = stored[1] or '', stored[2] or '', stored[4] or ''
        local kept = 1
        for i = 1, #operations, 54 do
          if tonumber(sub(operations, i + 24, i + 36)) <= now - 600000 then
            kept = i + 54
          elseif sub(operations, i, i + 15) == ARGV[2] then
            if sub(operations, i + 16, i + 23) ~= ARGV[3] or sub(operations, i + 37, i + 37) ~= 'S' then return {4} end
            local nonce = sub(operations, i + 38, i + 53)
            local alive = sub(code, 1, 16) == nonce and tonumber(sub(code, 33, 45)) >= now
            return {1, sends, alive and nonce or ''}
          end
        end
        if stored[3] and tonumber(stored[3]) > now then return {3, stored[3]} end
        local count = #sends / 14
        local open, longest = now, 0
        for limit, period in string.gmatch(ARGV[7], '(%d+) (%d+)') do
          period = tonumber(period)
          local blocking = count - tonumber(limit)
          if blocking >= 0 then
            local free = tonumber(sub(sends, blocking * 14 + 1, blocking * 14 + 13)) + period
            if free > open then open = free end
          end
          if period > longest then longest = period end
        end
        if open > now then return {2, sends, tostring(open)} end
        local first = 1
        while first < #sends and tonumber(sub(sends, first, first + 12)) <= now - longest do first = first + 14 end
        if #operations - kept + 1 >= 432 then kept = #operations - 377 end
        sends = sub(sends, first) .. ARGV[1] .. ' '
        redis.call('HSET', KEYS[1], 's', sends, 'o', sub(operations, kept) .. ARGV[2] .. ARGV[3] .. ARGV[1] .. 'S' .. ARGV[4],
          'c', ARGV[4] .. ARGV[5] .. ARGV[6], 'a', '0')
        redis.call('PEXPIRE', KEYS[1], ARGV[8])
        return {1, sends, ''}
        """);

    /// <summary>
    /// Arguments: now, operation id, fingerprint, digest of the guess, attempts allowed, lockout threshold, duration, memory, time to live.
    /// Replies: {1, verified at, nonce} right; {2} anything that is not; {4} the operation's name was used for something else.
    /// </summary>
    public static readonly PreparedScript Verify = new(
        """
        local sub = string.sub
        local now = tonumber(ARGV[1])
        local stored = redis.call('HMGET', KEYS[1], 'o', 'l', 'c', 'a', 'w', 'wt')
        local operations, code = stored[1] or '', stored[3] or ''
        local kept = 1
        for i = 1, #operations, 54 do
          if tonumber(sub(operations, i + 24, i + 36)) <= now - 600000 then
            kept = i + 54
          elseif sub(operations, i, i + 15) == ARGV[2] then
            local result = sub(operations, i + 37, i + 37)
            if sub(operations, i + 16, i + 23) ~= ARGV[3] then return {4} end
            if result == 'V' then return {1, sub(operations, i + 24, i + 36), sub(operations, i + 38, i + 53)} end
            return {result == 'W' and 2 or 4}
          end
        end
        local locked = tonumber(stored[2] or '0')
        if locked > now then return {2} end
        if code == '' or tonumber(sub(code, 33, 45)) < now then return {2} end
        local attempts = tonumber(stored[4])
        if attempts >= tonumber(ARGV[5]) then return {2} end
        if #operations - kept + 1 >= 432 then kept = #operations - 377 end
        operations = sub(operations, kept) .. ARGV[2] .. ARGV[3] .. ARGV[1]
        local nonce = sub(code, 1, 16)
        if sub(code, 17, 32) == ARGV[4] then
          redis.call('HSET', KEYS[1], 'o', operations .. 'V' .. nonce, 'c', '', 'w', '0')
          redis.call('PEXPIRE', KEYS[1], ARGV[9])
          return {1, ARGV[1], nonce}
        end
        local wrong = 1
        if locked == 0 and tonumber(stored[6] or '0') > now - tonumber(ARGV[8]) then wrong = tonumber(stored[5]) + 1 end
        locked = wrong >= tonumber(ARGV[6]) and string.format('%.0f', now + tonumber(ARGV[7])) or '0'
        redis.call('HSET', KEYS[1], 'o', operations .. 'W' .. string.rep('0', 16), 'a', tostring(attempts + 1),
          'w', tostring(wrong), 'wt', ARGV[1], 'l', locked)
        redis.call('PEXPIRE', KEYS[1], ARGV[9])
        return {2}
        """);
}
