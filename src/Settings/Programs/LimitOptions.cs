namespace Otp.Programs;

/// <summary>
/// Limits on callers, kept by each gateway for itself: configuration section <c>Otp:Limits</c>. They guard the service; what protects a
/// target are the windows of its policy. An address is an IPv4 address or the /64 network of an IPv6 address.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Sends from one address.</summary>
    public RateOptions SendsPerAddress { get; set; } = new() { Limit = 6_000 };

    /// <summary>Sends of one program that sets no rate of its own.</summary>
    public RateOptions SendsPerProgram { get; set; } = new();

    /// <summary>Token requests from one address.</summary>
    public RateOptions TokensPerAddress { get; set; } = new() { Limit = 600 };

    /// <summary>Token requests with a wrong id or secret from one address.</summary>
    public RateOptions FailedTokensPerAddress { get; set; } = new() { Limit = 30 };

    /// <summary>Token requests with a wrong secret for one client id from one address: nobody locks a client out from elsewhere.</summary>
    public RateOptions FailedTokensPerClient { get; set; } = new() { Limit = 10 };
}
