namespace Otp.Delivery;

/// <summary>A server's answer (RFC 5321, section 4.2); its text is kept only for what the server says it can do.</summary>
/// <param name="Code">The three digits.</param>
/// <param name="Lines">The text of each line.</param>
internal readonly record struct SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>What a refusal by this answer means, where no step of the dialogue knows better.</summary>
    public DeliveryFailure Failure => Code switch
    {
        530 or 534 or 535 or 538 => DeliveryFailure.AuthenticationFailed,
        >= 400 and < 500 => DeliveryFailure.Unavailable,
        >= 500 and < 600 => DeliveryFailure.Rejected,
        _ => DeliveryFailure.ProtocolError,
    };

    /// <summary>The parameters of an extension in the answer to EHLO; null when the server does not offer it.</summary>
    public string? Extension(string keyword)
    {
        foreach (var line in Lines.Skip(1))
        {
            if (line.Equals(keyword, StringComparison.OrdinalIgnoreCase))
                return "";
            if (line.StartsWith(keyword, StringComparison.OrdinalIgnoreCase) && line[keyword.Length] == ' ')
                return line[(keyword.Length + 1)..];
        }

        return null;
    }

    public override string ToString() => Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
