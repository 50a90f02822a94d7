namespace Otp.Gateway.Loyalife;

/// <summary>What an answer says; the members are spelled as Loyalife spells them.</summary>
internal sealed record LoyalifeResults(string ErrorCode, string ExceptionMessage)
{
    [JsonPropertyOrder(-1)]
    public bool IsSucessful => ErrorCode == LoyalifeErrorCode.Success.Code;

    /// <summary>True for what was done, null for what was not.</summary>
    public bool? ReturnObject => IsSucessful ? true : null;

    public int Count => 0;
}
