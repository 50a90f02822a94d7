using System.Collections.Frozen;
using System.Collections.Immutable;
using Otp.Verifications;

namespace Otp.Programs;

/// <summary>A program as a service of the Verify surface.</summary>
public sealed class VerifyService(OtpProgram program, VerifyOptions options)
{
    private static readonly VerificationChannel[] DefaultChannels = [VerificationChannel.Email, VerificationChannel.Sms];

    private readonly FrozenSet<VerificationChannel> _channels = (options.Channels ?? (IEnumerable<VerificationChannel>)DefaultChannels).ToFrozenSet();

    public string ServiceSid => options.ServiceSid!;

    public string AccountSid => options.AccountSid!;

    public bool AllowsCustomCode => options.CustomCode;

    public bool AllowsFriendlyName => options.CustomFriendlyName;

    public bool IsPsd2 => options.Psd2;

    /// <summary>Its callers, one a user name.</summary>
    public ImmutableArray<ProgramClient> Clients { get; } =
    [
        ClientOf(program, options, options.AccountSid!, options.AuthTokenHashes),
        .. options.ApiKeys.Select(key => ClientOf(program, options, key.Key, key.Value.SecretHashes)),
    ];

    /// <summary>Whether codes may travel so.</summary>
    public bool Allows(VerificationChannel channel) => _channels.Contains(channel);

    /// <summary>The id of the client that a user name stands for at a service: an account's token is good for all of its services.</summary>
    public static string ClientIdOf(string serviceSid, string userName) => $"{serviceSid}/{userName}";

    private static ProgramClient ClientOf(OtpProgram program, VerifyOptions options, string userName, List<string> hashes) =>
        new(ClientIdOf(options.ServiceSid!, userName), program, new ClientOptions { SecretHashes = hashes, Roles = [ClientRoles.Otp] });
}
