using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Otp.Settings;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Settings of an HTTP endpoint that delivers messages (<c>Otp:Delivery:Webhook:{name}</c>).</summary>
public sealed class WebhookOptions : IProviderOptions
{
    private const string SecretPrefix = "whsec_";

    /// <summary>Where messages are posted: <c>https</c>, except on this machine and in the Development environment.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// The secrets that requests are signed with, <c>whsec_</c> and base64 of 24–64 bytes (Standard Webhooks); with several, each signs, so
    /// that the endpoint can change from one to the next.
    /// </summary>
    public List<string> Secrets { get; set; } = [];

    /// <summary>The keys of the secrets, which have been checked.</summary>
    internal byte[][] ReadKeys() =>
        [.. Secrets.Select(secret => TryReadKey(secret, out var key) ? key : throw new InvalidOperationException("The options were not validated."))];

    bool IProviderOptions.Reaches(Channel channel) => true;

    // No fault tells the address: it may hold a token.
    void IProviderOptions.Check(string path, IHostEnvironment? environment, FaultList faults)
    {
        if (!HttpSender.IsServiceAddress(Url, allowClear: environment?.IsDevelopment() == true))
        {
            faults.Add($"{path}:Url is not an https address without a user name (http: on this machine, or in the Development environment).");
        }

        if (Secrets.Count == 0)
        {
            faults.Add($"{path}:Secrets:0 is missing: whsec_ and base64 of 24–64 random bytes.");
        }

        for (var i = 0; i < Secrets.Count; i++)
        {
            if (!TryReadKey(Secrets[i], out _))
            {
                faults.Add($"{path}:Secrets:{i} is not whsec_ and base64 of 24–64 bytes.");
            }
        }
    }

    private static bool TryReadKey(string secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        var bytes = new byte[secret.Length];
        if (secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(secret.AsSpan(SecretPrefix.Length), bytes, out var length)
            && length is >= 24 and <= 64)
        {
            key = bytes[..length];
        }

        return key is not null;
    }
}
