namespace Otp.Programs;

/// <summary>Who a program's messages come from, instead of the sender that the provider is set to.</summary>
public sealed class SenderOptions
{
    /// <summary>As <c>otp@example.com</c> or <c>Example &lt;otp@example.com&gt;</c>.</summary>
    public string? Email { get; set; }

    /// <summary>A number (E.164), a short code, a name of up to 11 letters and digits, or the SID of a Twilio messaging service.</summary>
    public string? Phone { get; set; }
}
