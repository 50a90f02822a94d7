using System.Security.Claims;

namespace Otp.Gateway.Auth;

/// <summary>What a token is bound to.</summary>
/// <param name="MemberKey">The member's grain key: a keyed hash, so that a token does not tell whom it is about.</param>
/// <param name="OtpType">The purpose, by the API's name for it.</param>
internal sealed record MemberScope(string MemberKey, string OtpType)
{
    /// <summary>The scope of a caller's token; null for a token that is bound to nothing.</summary>
    public static MemberScope? Of(ClaimsPrincipal caller) => caller.FindFirst(TokenClaims.Member) is { } member
        ? new MemberScope(member.Value, caller.FindFirst(TokenClaims.OtpType)?.Value ?? "")
        : null;

    public void AddTo(Dictionary<string, object> claims)
    {
        claims[TokenClaims.Member] = MemberKey;
        claims[TokenClaims.OtpType] = OtpType;
    }
}
