namespace Orleans.Clustering.Redis;

/// <summary>The membership table as a script on one hash, so that each operation is one step, measured by the server's clock alone.</summary>
/// <remarks>
/// A field <c>silo/{address}</c> holds a member: the instant its lease ends in Unix milliseconds, the version since which its data is what
/// it is, what it has handed over, its data. The field <c>version</c> starts from the clock and above what the caller knows, so that it does
/// not go back when the table is lost; what is handed over does not raise it. Arguments: operation, version known to the caller, lease and
/// key expiry in ms, the caller's field, its endpoint with the colon that ends it, what it has handed over, its data. Reply: whether the
/// caller is a member, version, ms until the first lease ends, if the version is not the known one fields and data by turns, and fields and
/// what they have handed over of those for whom that is not all of this version.
/// </remarks>
internal static class MembershipScript
{
    internal const string FieldPrefix = "silo/";

    internal const string Text = """
        local table, operation, known, lease, expiry = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
        local field, endpoint, handed, data = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        local version, changed, members = nil, false, {}

        local rows = redis.call('HGETALL', table)
        for i = 1, #rows, 2 do
          local ends, since, given, rest = string.match(rows[i + 1], '^(%d+) (%d+) (%S+) (.*)$')
          if rows[i] == 'version' then
            version = tonumber(rows[i + 1])
          elseif ends and string.sub(rows[i], 1, 5) == 'silo/' then
            local replaced = operation == 'join' and rows[i] ~= field and string.sub(rows[i], 1, #endpoint) == endpoint
            if tonumber(ends) <= now or replaced or (operation == 'leave' and rows[i] == field) then
              redis.call('HDEL', table, rows[i])
              changed = true
            else
              members[rows[i]] = { ends = tonumber(ends), since = since, handed = given, data = rest }
            end
          end
        end

        local own = members[field]
        local member = operation == 'join' and not own or operation == 'renew' and own ~= nil
        local news = member and not (own and own.data == data)
        if not version or changed or news then
          version = version and version + 1 or math.max(now, tonumber(known) + 1)
          redis.call('HSET', table, 'version', string.format('%.0f', version))
        end
        local text = string.format('%.0f', version)
        if member then
          own = { ends = now + lease, since = news and text or own.since, handed = handed, data = data }
          members[field] = own
          redis.call('HSET', table, field, string.format('%.0f %s %s %s', own.ends, own.since, handed, data))
        end
        redis.call('PEXPIRE', table, expiry)

        local next, list, laggards = lease, {}, {}
        for name, row in pairs(members) do
          next = math.min(next, row.ends - now)
          if text ~= known then
            list[#list + 1] = name
            list[#list + 1] = row.since .. ' ' .. row.data
          end
          if row.handed ~= text then
            laggards[#laggards + 1] = name
            laggards[#laggards + 1] = row.handed
          end
        end
        return { member and 1 or 0, text, next, list, laggards }
        """;
}
