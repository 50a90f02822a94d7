namespace Otp.Telemetry;

/// <summary>The names of the tags on metrics and spans. Each has few values; none is an address, a code or a caller's own text.</summary>
public static class OtpTags
{
    public const string Program = "otp.program";

    /// <summary><c>email</c> or <c>phone</c>.</summary>
    public const string Channel = "otp.channel";

    /// <summary>A phone number's country calling code, such as <c>44</c>.</summary>
    public const string CallingCode = "otp.calling_code";

    /// <summary>How a send or a verify ended.</summary>
    public const string Outcome = "otp.outcome";

    /// <summary>The type of an event for a program's endpoint, such as <c>otp.sent</c>.</summary>
    public const string Event = "otp.event";

    public const string Provider = "otp.provider";

    /// <summary>Whose record was read, written or cleared: a type of grains, such as <c>target</c>.</summary>
    public const string Storage = "otp.storage";

    /// <summary><c>read</c>, <c>write</c> or <c>clear</c>.</summary>
    public const string StorageOperation = "otp.storage.operation";

    /// <summary>What became of a message.</summary>
    public const string State = "otp.state";

    /// <summary>Which limit on callers was reached, or why a message did not arrive.</summary>
    public const string Reason = "otp.reason";

    /// <summary>Why it failed: a category or the type of an exception (semantic conventions).</summary>
    public const string ErrorType = "error.type";
}
