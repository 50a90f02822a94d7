namespace Otp.Programs;

/// <summary>Where a gateway writes who did what.</summary>
public sealed class AuditOptions
{
    /// <summary>A file that each gateway has to itself and appends to, one JSON object a line; null for none.</summary>
    public string? Path { get; set; }
}
