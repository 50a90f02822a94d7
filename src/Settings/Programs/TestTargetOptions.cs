namespace Otp.Programs;

/// <summary>A target whose code is always the same and is never delivered: for automated tests and app-store reviewers.</summary>
public sealed class TestTargetOptions
{
    /// <summary>An e-mail address or a phone number, written as callers may write it.</summary>
    public string Target { get; set; } = string.Empty;

    /// <summary>The code: as many digits as the codes of every purpose that allows test targets.</summary>
    public string Code { get; set; } = string.Empty;

    /// <summary>The last day (UTC), at most a year ahead; from the next on the target is like any other.</summary>
    public DateOnly? ExpiresOn { get; set; }
}
