namespace Otp.Redis.Servers;

/// <summary>The servers the tests can run on.</summary>
internal enum RedisKind
{
    Redis,
    Garnet,
}
