namespace Otp.Programs;

/// <summary>
/// Limits on callers, which each gateway counts for itself: configuration section <c>Otp:Limits</c>. They protect the service; the windows
/// of a policy protect a target. An address is an IPv4 address or the /64 network of an IPv6 address.
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

    /// <summary>Token requests with a wrong secret for one client id from one address, so that nobody locks a client out from elsewhere.</summary>
    public RateOptions FailedTokensPerClient { get; set; } = new() { Limit = 10 };

    internal void Check(string path, FaultList faults)
    {
        SendsPerAddress.Check($"{path}:{nameof(SendsPerAddress)}", faults);
        SendsPerProgram.Check($"{path}:{nameof(SendsPerProgram)}", faults);
        TokensPerAddress.Check($"{path}:{nameof(TokensPerAddress)}", faults);
        FailedTokensPerAddress.Check($"{path}:{nameof(FailedTokensPerAddress)}", faults);
        FailedTokensPerClient.Check($"{path}:{nameof(FailedTokensPerClient)}", faults);
    }
}

/// <summary>A rate: as many as <see cref="Limit"/> at once, and then as many in each <see cref="Period"/>, evenly spread.</summary>
public sealed class RateOptions
{
    /// <summary>0 for no limit, at most 1,000,000.</summary>
    public int Limit { get; set; }

    /// <summary>1 s to 1 day.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);

    internal void Check(string path, FaultList faults)
    {
        faults.CheckRange<int>($"{path}:Limit", Limit, 0, 1_000_000);
        faults.CheckRange<TimeSpan>($"{path}:Period", Period, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }
}
