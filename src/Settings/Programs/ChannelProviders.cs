namespace Otp.Programs;

/// <summary>For each channel the names of the delivery providers, in the order in which they are tried.</summary>
public sealed class ChannelProviders
{
    public List<string>? Email { get; set; }

    public List<string>? Phone { get; set; }
}
