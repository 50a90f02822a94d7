namespace Otp.Redis.Storage;

/// <summary>A state to store.</summary>
public sealed class Note
{
    public string Text { get; set; } = string.Empty;
}
