namespace Otp.Gateway.Audit;

/// <summary>Marks an endpoint whose requests are audited.</summary>
/// <param name="Name">What the audit calls it.</param>
/// <param name="IsOperators">Whether it is an operator's act, which is logged too.</param>
internal sealed record AuditedAct(string Name, bool IsOperators = false);
