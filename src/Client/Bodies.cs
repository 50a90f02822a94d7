using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp.Client;

/// <summary>The bodies of the LoyaltyDog API, as far as this client reads and writes them.</summary>
internal static class Bodies
{
    internal sealed record SendBody(string Target);

    internal sealed record SendAnswer(bool Success, string? Error, string? OtpType, string? MockCode);

    internal sealed record VerifyBody(string Target, string Code, string? Name);

    internal sealed record VerifyAnswer(bool Success, string? Error, string? VerifiedTarget, string? SessionToken, OtpIdentity? Identity);

    internal sealed record SessionBody(string SessionToken);

    internal sealed record SessionAnswer(bool Valid, OtpIdentity? Identity);

    internal sealed record TokenAnswer(string AccessToken);

    internal sealed record DetailBody(JsonElement Detail);
}

/// <summary>The bodies on the wire, source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Bodies.SendBody))]
[JsonSerializable(typeof(Bodies.SendAnswer))]
[JsonSerializable(typeof(Bodies.VerifyBody))]
[JsonSerializable(typeof(Bodies.VerifyAnswer))]
[JsonSerializable(typeof(Bodies.SessionBody))]
[JsonSerializable(typeof(Bodies.SessionAnswer))]
[JsonSerializable(typeof(Bodies.TokenAnswer))]
[JsonSerializable(typeof(Bodies.DetailBody))]
internal sealed partial class ClientJson : JsonSerializerContext;
