namespace Orleans.Redis;

/// <summary>What a reply is, RESP2 and RESP3 folded together: maps and sets are arrays, doubles and big numbers are text.</summary>
internal enum RespKind : byte
{
    Null,
    Text,
    Error,
    Integer,
    Bulk,
    Array,

    /// <summary>Sent by the server unasked; answers no command.</summary>
    Push,
}
