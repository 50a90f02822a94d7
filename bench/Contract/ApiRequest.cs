using Microsoft.AspNetCore.Http.Features;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>What both calls read from a request in the same way.</summary>
internal static class ApiRequest
{
    private const string IdempotencyKey = "Idempotency-Key";

    public static OtpProgram ProgramOf(HttpContext context) => context.Features.GetRequiredFeature<OtpProgram>();

    public static bool IsTarget(string? text) => text is { Length: >= 1 and <= 255 };

    /// <summary>The operation that the request names, or a new one; null if its name is malformed.</summary>
    public static Operation? OperationOf(HttpRequest request, OperationIndex operations, params ReadOnlySpan<string?> payload)
    {
        if (!request.Headers.TryGetValue(IdempotencyKey, out var values))
        {
            return Operation.New();
        }

        return values is [{ Length: >= 1 and <= 128 } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? operations.From(key, payload)
            : null;
    }

    public static string OtpType(Target target) => target.Channel == Channel.Email ? "email" : "phone";
}
