using System.Net;

namespace Otp.Delivery;

/// <summary>The result of an HTTP request: an answer, or the reason why there was none.</summary>
/// <param name="Status">The answer's status; null when there was none.</param>
/// <param name="RetryAfter">How long the server asks to wait before the next request; null when it does not say.</param>
/// <param name="Body">The beginning of the answer's body.</param>
/// <param name="NoAnswer">Why there was no answer.</param>
internal readonly record struct HttpReply(
    HttpStatusCode? Status, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body, DeliveryFailure NoAnswer)
{
    public bool IsSuccess => (int?)Status is >= 200 and < 300;

    /// <summary>Whether a retry may succeed, and the request was not carried out: no connection was made, or the answer says so.</summary>
    public bool IsTransient => Status is null
        ? NoAnswer == DeliveryFailure.ConnectionFailed
        : Status == HttpStatusCode.TooManyRequests || ((int)Status.Value >= 500 && Status != HttpStatusCode.GatewayTimeout);

    /// <summary>The category of a refusal, where the body does not say more.</summary>
    public DeliveryFailure Failure => (int?)Status switch
    {
        null => NoAnswer,
        401 or 403 or 407 => DeliveryFailure.AuthenticationFailed,

        // A proxy handed the request on, and got no answer itself.
        504 => DeliveryFailure.Unanswered,
        408 or 429 or >= 500 => DeliveryFailure.Unavailable,
        >= 400 => DeliveryFailure.Rejected,
        _ => DeliveryFailure.ProtocolError,
    };

    public static HttpReply None(DeliveryFailure reason) => new(null, null, default, reason);

    /// <summary>The status alone: a server may echo what it was sent.</summary>
    public override string ToString() => $"{Status}";
}
