namespace Otp.Gateway.Auth;

/// <summary>The answer to a token request.</summary>
internal sealed record TokenAnswer(string AccessToken)
{
    public string TokenType => "bearer";

    /// <summary>Always false: clients are programs, which have no second factor.</summary>
    public bool MfaPending => false;

    public string? PendingToken => null;

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(TokenAnswer);
}
