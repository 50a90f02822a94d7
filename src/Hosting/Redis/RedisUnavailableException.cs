using StackExchange.Redis;

namespace Otp.Hosting.Redis;

/// <summary>
/// Redis cannot be reached, or refuses the process. What the server said is not told: an old server repeats the password that it does not
/// understand.
/// </summary>
/// <param name="endpoints">Where it was looked for.</param>
/// <param name="cause">What the client says.</param>
public sealed class RedisUnavailableException(string endpoints, RedisConnectionException cause)
    : Exception(Describe(endpoints, cause.FailureType), cause)
{
    private static string Describe(string endpoints, ConnectionFailureType failure) => failure switch
    {
        ConnectionFailureType.AuthenticationFailure => $"Redis at {endpoints} refuses the user, the password or the certificate.",
        _ => $"Redis at {endpoints} cannot be reached ({failure}).",
    };
}
