using System.Collections.Frozen;
using System.Collections.Immutable;
using Otp.Verifications;

namespace Otp.Programs;

/// <summary>A program as a service of the Verify surface.</summary>
public sealed class VerifyService
{
    private static readonly VerificationChannel[] DefaultChannels = [VerificationChannel.Email, VerificationChannel.Sms];

    private readonly FrozenSet<VerificationChannel> _channels;

    public VerifyService(OtpProgram program, VerifyOptions options)
    {
        ServiceSid = options.ServiceSid!;
        AccountSid = options.AccountSid!;
        _channels = (options.Channels ?? (IEnumerable<VerificationChannel>)DefaultChannels).ToFrozenSet();
        AllowsCustomCode = options.CustomCode;
        AllowsFriendlyName = options.CustomFriendlyName;
        IsPsd2 = options.Psd2;
        Clients =
        [
            ClientOf(program, AccountSid, options.AuthTokenHashes),
            .. options.ApiKeys.Select(key => ClientOf(program, key.Key, key.Value.SecretHashes)),
        ];
    }

    public string ServiceSid { get; }

    public string AccountSid { get; }

    /// <summary>Whether callers may bring codes of their own.</summary>
    public bool AllowsCustomCode { get; }

    /// <summary>Whether callers may name the program otherwise in a message.</summary>
    public bool AllowsFriendlyName { get; }

    /// <summary>Whether every code approves a payment.</summary>
    public bool IsPsd2 { get; }

    /// <summary>Its callers, one a user name.</summary>
    public ImmutableArray<ProgramClient> Clients { get; }

    /// <summary>Whether codes may travel so.</summary>
    public bool Allows(VerificationChannel channel) => _channels.Contains(channel);

    /// <summary>The id of the client that a user name stands for at a service: an account's token is good for all of its services.</summary>
    public static string ClientIdOf(string serviceSid, string userName) => $"{serviceSid}/{userName}";

    private ProgramClient ClientOf(OtpProgram program, string userName, List<string> hashes) =>
        new(ClientIdOf(ServiceSid, userName), program, new ClientOptions { SecretHashes = hashes, Roles = [ClientRoles.Otp] });
}
