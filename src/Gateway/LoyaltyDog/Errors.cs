namespace Otp.Gateway.LoyaltyDog;

/// <summary>The texts that refusals carry.</summary>
internal static class Errors
{
    public const string InvalidTarget = "Invalid target format";
    public const string TargetNotAllowed = "Target is not allowed: its country, domain or channel is not one that codes are sent to";
    public const string RateLimited = "Rate limit exceeded";

    /// <summary>One text for every reason a verify fails, so that nothing tells which targets exist or what state they are in.</summary>
    public const string InvalidCode = "Invalid or expired code";

    public const string DeliveryFailed = "The code could not be delivered";
}
