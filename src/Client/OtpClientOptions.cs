namespace Otp.Client;

/// <summary>Where the service is and who calls it. A value out of its range throws an <see cref="ArgumentException"/>.</summary>
public sealed class OtpClientOptions
{
    /// <summary>The gateways' address, such as <c>https://otp.example.com</c>; a path in it is kept. The secret travels to it.</summary>
    public required Uri BaseAddress
    {
        get;
        init => field = value is { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? value
            : throw new ArgumentException($"{nameof(BaseAddress)} must be an absolute http or https address.", nameof(value));
    }

    /// <summary>The client id; for the Verify API the SID of the account or of an API key.</summary>
    public required string ClientId { get; init => field = NotEmpty(value, nameof(ClientId)); }

    /// <summary>The client secret; for the Verify API the account's auth token or the API key's secret.</summary>
    public required string ClientSecret { get; init => field = NotEmpty(value, nameof(ClientSecret)); }

    /// <summary>How often a call that nobody answered is made again, under the same idempotency key; 0 for never.</summary>
    public int MaxRetries { get; init => field = AtLeast(value, 0, nameof(MaxRetries)); } = 3;

    /// <summary>How long one attempt may take, 10 ms or more. The service itself may take 10 s to find a silo and 8 s to deliver.</summary>
    public TimeSpan AttemptTimeout { get; init => field = AtLeast(value, TimeSpan.FromMilliseconds(10), nameof(AttemptTimeout)); } = TimeSpan.FromSeconds(20);

    /// <summary>The longest <c>Retry-After</c> that is waited out; with a longer one the call ends, and its result says how long it is.</summary>
    public TimeSpan MaxRetryDelay { get; init => field = AtLeast(value, TimeSpan.Zero, nameof(MaxRetryDelay)); } = TimeSpan.FromSeconds(5);

    private static string NotEmpty(string value, string name) =>
        string.IsNullOrEmpty(value) ? throw new ArgumentException($"{name} is missing.", nameof(value)) : value;

    private static T AtLeast<T>(T value, T least, string name)
        where T : IComparable<T> =>
        value.CompareTo(least) < 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be {least} or more.") : value;
}
