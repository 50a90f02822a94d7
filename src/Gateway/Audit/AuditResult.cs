namespace Otp.Gateway.Audit;

/// <summary>What a status says of how a request ended.</summary>
internal enum AuditResult
{
    Done,
    Refused,
    Failed,
}
