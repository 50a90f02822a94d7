namespace Orleans.Clustering.Redis;

/// <summary>The membership table as a script on one hash, so that each operation is one step, measured by the server's clock alone.</summary>
/// <remarks>
/// A field <c>silo/{address}</c> holds a member: the instant its lease ends in Unix milliseconds, then its data. The field
/// <c>version</c> starts from the clock and above what the caller knows, so that it does not go back when the table is lost.
/// Arguments: operation, version known to the caller, lease and key expiry in ms, the caller's field, its endpoint with the colon
/// that ends it, its data. Reply: whether the caller is a member, version, ms until the first lease ends, and, if the version is
/// not the known one, fields and data by turns.
/// </remarks>
internal static class MembershipScript
{
    internal const string FieldPrefix = "silo/";

    internal const string Text = """
        local table, operation, known, lease, expiry = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
        local field, endpoint, data = ARGV[5], ARGV[6], ARGV[7]
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        local version, changed, members = nil, false, {}

        local rows = redis.call('HGETALL', table)
        for i = 1, #rows, 2 do
          local ends, rest = string.match(rows[i + 1], '^(%d+) (.*)$')
          if rows[i] == 'version' then
            version = tonumber(rows[i + 1])
          elseif ends and string.sub(rows[i], 1, 5) == 'silo/' then
            local replaced = operation == 'join' and rows[i] ~= field and string.sub(rows[i], 1, #endpoint) == endpoint
            if tonumber(ends) <= now or replaced or (operation == 'leave' and rows[i] == field) then
              redis.call('HDEL', table, rows[i])
              changed = true
            else
              members[rows[i]] = { ends = tonumber(ends), data = rest }
            end
          end
        end

        local member = operation == 'join' and not members[field] or operation == 'renew' and members[field] ~= nil
        if member then
          changed = changed or not members[field] or members[field].data ~= data
          members[field] = { ends = now + lease, data = data }
          redis.call('HSET', table, field, string.format('%.0f %s', now + lease, data))
        end

        if not version or changed then
          version = version and version + 1 or math.max(now, tonumber(known) + 1)
          redis.call('HSET', table, 'version', string.format('%.0f', version))
        end
        redis.call('PEXPIRE', table, expiry)

        local text, next, list = string.format('%.0f', version), lease, {}
        for name, row in pairs(members) do
          next = math.min(next, row.ends - now)
          if text ~= known then
            list[#list + 1] = name
            list[#list + 1] = row.data
          end
        end
        return { member and 1 or 0, text, next, list }
        """;
}
