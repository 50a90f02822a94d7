namespace Orleans.Otp.Gateway.Admin;

/// <summary>The name by which the audit calls an endpoint.</summary>
internal sealed record AuditedAct(string Name);
