namespace Otp.Gateway.LoyaltyDog;

/// <summary>How LoyaltyDog words refusals.</summary>
internal static class LoyaltyDogRefusals
{
    /// <summary>The refusal's status and text, and whether it goes into the call's documented body or into FastAPI's <c>{"detail"}</c>.</summary>
    public static (int Status, string Text, bool IsDocumented) Of(Refusal refusal) => refusal switch
    {
        Refusal.InvalidTarget => (StatusCodes.Status400BadRequest, "Invalid target format", true),
        Refusal.TargetNotAllowed or Refusal.PrefixBlocked =>
            (StatusCodes.Status400BadRequest, "Target is not allowed: its country, domain or channel is not one that codes are sent to", true),
        Refusal.Undeliverable =>
            (StatusCodes.Status400BadRequest, "Target cannot be reached: it does not exist, or takes no messages from this service", true),
        Refusal.RateLimited or Refusal.TooSoon or Refusal.CallerLimited => (StatusCodes.Status429TooManyRequests, "Rate limit exceeded", true),
        Refusal.TooManyTokenRequests => (StatusCodes.Status429TooManyRequests, "Too many requests", false),
        Refusal.InvalidCode => (StatusCodes.Status400BadRequest, "Invalid or expired code", true),
        Refusal.DeliveryFailed => (StatusCodes.Status502BadGateway, "The code could not be delivered", false),
        Refusal.InvalidClient => (StatusCodes.Status401Unauthorized, "Incorrect username or password", false),
        Refusal.MalformedKey => (StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Malformed, false),
        Refusal.ReusedKey => (StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Reused, false),
        Refusal.ForeignProgram or Refusal.OutOfScope or Refusal.Unsupported =>
            throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "LoyaltyDog names no program and no member, and has no options."),
    };
}
