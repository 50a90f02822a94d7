using Otp.Customers;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>The documented body of a session query's answer.</summary>
internal sealed record SessionAnswer(bool Valid, Identity? Identity);
