using System.Security.Claims;

namespace Orleans.Otp.Gateway.Auth;

/// <summary>What a token is bound to: one purpose of one member.</summary>
/// <param name="Purpose">The purpose that it was issued for; it serves no other.</param>
/// <param name="MemberKey">The member's grain key: a keyed hash, so that a token does not tell whom it is about.</param>
internal sealed record MemberScope(Purpose Purpose, string MemberKey)
{
    /// <summary>The scope of a caller's token; null for a token that is bound to no member.</summary>
    public static MemberScope? Of(ClaimsPrincipal caller) =>
        caller.FindFirst(TokenClaims.Member) is { } member
            ? new MemberScope(Enum.Parse<Purpose>(caller.FindFirst(TokenClaims.Purpose)!.Value), member.Value)
            : null;

    /// <summary>Writes the scope into a token.</summary>
    public void AddTo(Dictionary<string, object> claims)
    {
        claims[TokenClaims.Member] = MemberKey;
        claims[TokenClaims.Purpose] = Purpose.ToString();
    }
}
