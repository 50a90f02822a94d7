using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Otp.Delivery;

/// <summary>
/// OAuth 2.0 access tokens for a mail server. A file is read for every message; a command runs, once for all messages that wait, when the
/// token that it gave is near its end or was refused.
/// </summary>
internal sealed partial class AccessTokens(string provider, SmtpOptions smtp, TimeProvider time, ILogger logger)
{
    private const int MaxLength = 16 * 1024;

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LifetimeUntold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private (string Token, DateTimeOffset Until)? _known;
    private Task<string?>? _renewing;

    /// <summary>A token; null if there is none, or none but the refused one.</summary>
    /// <param name="refused">A token that the server has just refused.</param>
    /// <param name="ct">Ends the waiting; a command that runs goes on.</param>
    public async Task<string?> GetAsync(string? refused, CancellationToken ct)
    {
        var token = await (smtp.AccessTokenFile is { } file ? ReadAsync(file, ct) : RenewedAsync(refused).WaitAsync(ct));
        return token == refused ? null : token;
    }

    private async Task<string?> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            using var reader = File.OpenText(file);
            return Check(await ReadAsync(reader, ct))?.Token;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoToken(provider, AccessTokenFault.FileUnreadable);
            return null;
        }
    }

    private Task<string?> RenewedAsync(string? refused)
    {
        lock (_lock)
        {
            return _known is { } known && known.Token != refused && time.GetUtcNow() < known.Until
                ? Task.FromResult<string?>(known.Token)
                : _renewing ??= Task.Run(RenewAsync);
        }
    }

    private async Task<string?> RenewAsync()
    {
        (string Token, TimeSpan Lifetime)? issued = null;
        try
        {
            issued = await RunAsync(smtp.AccessTokenCommand);
        }
        finally
        {
            lock (_lock)
            {
                _renewing = null;
                _known = issued is { } token ? (token.Token, time.GetUtcNow() + token.Lifetime) : null;
            }
        }

        return issued?.Token;
    }

    private async Task<(string Token, TimeSpan Lifetime)?> RunAsync(string[] command)
    {
        using var timeout = new CancellationTokenSource(CommandTimeout, time);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            try
            {
                process.StandardInput.Close();

                // Read and dropped: it may tell a secret.
                process.ErrorDataReceived += static (_, _) => { };
                process.BeginErrorReadLine();
                var output = await ReadAsync(process.StandardOutput, timeout.Token).WaitAsync(timeout.Token);
                if (output.Length < MaxLength)
                {
                    await process.WaitForExitAsync(timeout.Token);
                    if (process.ExitCode == 0)
                    {
                        return Check(output);
                    }
                }

                LogNoToken(provider, AccessTokenFault.CommandFailed);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (OperationCanceledException)
        {
            LogNoToken(provider, AccessTokenFault.CommandTimeout);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException or AggregateException)
        {
            LogNoToken(provider, AccessTokenFault.CommandFailed);
        }

        return null;
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken ct)
    {
        var text = new char[MaxLength];
        return new string(text, 0, await reader.ReadBlockAsync(text, ct));
    }

    /// <summary>Reads a token as it is, or the answer of a token endpoint (RFC 6749, section 5.1).</summary>
    private (string Token, TimeSpan Lifetime)? Check(string text)
    {
        text = text.Trim();
        var lifetime = LifetimeUntold;
        if (text.StartsWith('{'))
        {
            (text, lifetime) = ReadAnswer(text);
        }

        if (text.Length is > 0 and < MaxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return (text, lifetime);
        }

        LogNoToken(provider, AccessTokenFault.NotAToken);
        return null;
    }

    private static (string Token, TimeSpan Lifetime) ReadAnswer(string json)
    {
        try
        {
            var answer = JsonElement.Parse(Encoding.UTF8.GetBytes(json));
            var lifetime = answer.Number("expires_in") is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) - RenewBefore : LifetimeUntold;
            return (answer.Text("access_token") ?? "", lifetime);
        }
        catch (JsonException)
        {
            return ("", default);
        }
    }

    [LoggerMessage(2012, LogLevel.Error, "{Provider} has no access token to sign in with: {Fault}")]
    private partial void LogNoToken(string provider, AccessTokenFault fault);
}

/// <summary>Why there is no access token.</summary>
internal enum AccessTokenFault
{
    /// <summary>The file is gone or cannot be read.</summary>
    FileUnreadable = 0,

    /// <summary>The command could not be started, ended with an exit code other than 0, or wrote too much.</summary>
    CommandFailed,

    /// <summary>The command did not end in time.</summary>
    CommandTimeout,

    /// <summary>What the file holds or the command wrote is neither a token nor the answer of a token endpoint.</summary>
    NotAToken,
}
