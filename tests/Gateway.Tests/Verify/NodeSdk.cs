using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Otp.Gateway.Tests.OpenApi;
using Twilio.Exceptions;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Twilio's SDK for Node.js, in a process of its own: <c>OpenApi/client/twilio.mjs</c>.</summary>
internal sealed class NodeSdk : ITwilioSdk
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    // The script passes on what it is given: a parameter that is null would be one.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Process _process;

    private NodeSdk(Process process) => _process = process;

    /// <summary>Starts it; without Node.js the test is skipped, as <see cref="NodeTool"/> says.</summary>
    public static async Task<NodeSdk> StartAsync(params Uri[] gateways) => new(await NodeTool.StartAsync(
        "twilio.mjs", [TwilioDemo.Account, TwilioDemo.Service, .. gateways.Select(static gateway => gateway.ToString())]));

    public Task<SdkService> FetchServiceAsync(string secret = TwilioDemo.Token) => CallAsync<SdkService>("service", secret: secret);

    public Task<SdkVerification> StartAsync(string to, string channel, string? locale = null) =>
        CallAsync<SdkVerification>("start", new { to, channel, locale });

    public Task<SdkVerification> FetchAsync(string sidOrTo) => CallAsync<SdkVerification>("fetch", id: sidOrTo);

    public Task<SdkVerification> UpdateAsync(string sidOrTo, string status) => CallAsync<SdkVerification>("update", new { status }, sidOrTo);

    public Task<SdkCheck> CheckAsync(string code, string? to = null, string? verificationSid = null) =>
        CallAsync<SdkCheck>("check", new { code, to, verificationSid });

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<T> CallAsync<T>(string call, object? parameters = null, string? id = null, string secret = TwilioDemo.Token)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { call, id, parameters, secret }, Json));
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(CallTimeout);
        if (line is null)
        {
            throw new InvalidOperationException($"The script ended:\n{await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        }

        var reply = JsonSerializer.Deserialize<Reply<T>>(line, Json)!;
        return reply.Error is { } error ? throw new ApiException(error.Code, error.Status, error.Message, error.MoreInfo) : reply.Value!;
    }

    private sealed record Reply<T>(T? Value, Error? Error);

    private sealed record Error(int Status, int Code, string Message, string MoreInfo);
}
