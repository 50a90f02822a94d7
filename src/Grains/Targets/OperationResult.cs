namespace Otp.Targets;

/// <summary>The result of an operation that had an effect. The numbers are stored and never change.</summary>
public enum OperationResult
{
    Sent = 0,
    DeliveryFailed = 1,
    Verified = 2,
    WrongCode = 3,
}
