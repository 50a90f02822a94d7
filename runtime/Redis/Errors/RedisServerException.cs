namespace Orleans.Redis;

/// <summary>The server refused the command.</summary>
internal sealed class RedisServerException : RedisException
{
    private RedisServerException(string code, string message)
        : base($"Redis: {message}", outcomeUnknown: false) => Code = code;

    /// <summary>The error's first word, e.g. <c>NOPERM</c> or <c>ERR</c>.</summary>
    public string Code { get; }

    /// <summary>Reads an error reply. The words of the command that some servers quote are left out: they may be secret.</summary>
    public static RedisServerException From(in RespValue error)
    {
        var text = error.AsText() ?? string.Empty;
        var quoted = text.IndexOf(", with args", StringComparison.Ordinal);
        var message = quoted < 0 ? text : text[..quoted];
        return new(text.Split(' ', 2)[0], message);
    }

    /// <summary>Reads the refusal of a credential, of which nothing but the code is told.</summary>
    public static RedisServerException FromAuthentication(in RespValue error)
    {
        var code = (error.AsText() ?? string.Empty).Split(' ', 2)[0];
        return new(code, $"{code}: the user or the password is refused.");
    }
}
