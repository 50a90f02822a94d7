using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Otp.Programs;

namespace Otp.Gateway.Auth;

/// <summary>The key that access tokens are signed with and checked by.</summary>
internal sealed class SigningKey(IOptions<OtpOptions> options)
{
    public SymmetricSecurityKey Key { get; } = new(Convert.FromBase64String(options.Value.Tokens.SigningKey!));
}
