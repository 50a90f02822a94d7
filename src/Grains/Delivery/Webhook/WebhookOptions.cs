using Microsoft.Extensions.Hosting;
using Otp.Settings;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Settings of an HTTP endpoint that delivers messages (<c>Otp:Delivery:Webhook:{name}</c>).</summary>
public sealed class WebhookOptions : IProviderOptions
{
    /// <summary>Where messages are posted: <c>https</c>, except on this machine and in the Development environment.</summary>
    public string? Url { get; set; }

    /// <summary>The signing secrets, <c>whsec_</c> and base64 of 24–64 bytes (Standard Webhooks); each signs, so that one can replace another.</summary>
    public List<string> Secrets { get; set; } = [];

    /// <summary>The keys of the secrets, which have been checked.</summary>
    internal byte[][] ReadKeys() => WebhookSignature.ReadKeys(Secrets);

    bool IProviderOptions.Reaches(Channel channel) => true;

    void IProviderOptions.Check(string path, IHostEnvironment? environment, FaultList faults) => CheckEndpoint(path, Url, Secrets, environment, faults);

    /// <summary>Adds what is wrong with the address and the secrets of an endpoint. No fault tells the address: it may hold a token.</summary>
    internal static void CheckEndpoint(string path, string? url, List<string> secrets, IHostEnvironment? environment, FaultList faults)
    {
        faults.AddIf(
            !HttpSender.IsServiceAddress(url, allowClear: environment?.IsDevelopment() == true),
            $"{path}:Url is not an https address without a user name (http: on this machine, or in the Development environment).");
        faults.AddIf(secrets.Count == 0, $"{path}:Secrets:0 is missing: whsec_ and base64 of 24–64 random bytes.");
        faults.CheckEach($"{path}:Secrets", secrets, static (setting, secret) =>
            WebhookSignature.TryReadKey(secret, out _) ? null : $"{setting} is not whsec_ and base64 of 24–64 bytes.");
    }
}
