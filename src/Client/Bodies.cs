using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp.Client;

/// <summary>The bodies of the three APIs, as far as this client reads and writes them.</summary>
internal static class Bodies
{
    internal sealed record SendBody(string Target);

    internal sealed record SendAnswer(bool Success, string? Error, string? OtpType, string? MockCode);

    internal sealed record VerifyBody(string Target, string Code, string? Name);

    internal sealed record VerifyAnswer(bool Success, string? Error, string? VerifiedTarget, string? SessionToken, OtpIdentity? Identity);

    internal sealed record SessionBody(string SessionToken);

    internal sealed record SessionAnswer(bool Valid, OtpIdentity? Identity);

    internal sealed record TokenAnswer(string? AccessToken);

    internal sealed record LoyalifeTokenBody(
        [property: JsonPropertyName("grant_type")] string GrantType,
        [property: JsonPropertyName("client_id")] string ClientId,
        [property: JsonPropertyName("client_secret")] string ClientSecret);

    internal sealed record LoyalifeBody(
        [property: JsonPropertyName("UniquerefID")] string Reference,
        [property: JsonPropertyName("OtpType")] string OtpType,
        [property: JsonPropertyName("ProgramId")] long ProgramId,
        [property: JsonPropertyName("RelationType")] int RelationType)
    {
        [JsonPropertyName("OTP")]
        public long? Otp { get; init; }

        [JsonPropertyName("SourceAddress")]
        public string? SourceAddress { get; init; }
    }

    internal sealed record LoyalifeAnswer(LoyalifeResults? Results);

    internal sealed record LoyalifeResults(
        [property: JsonPropertyName("ErrorCode")] string? ErrorCode,
        [property: JsonPropertyName("ExceptionMessage")] string? ExceptionMessage,
        string? Token);

    internal sealed record VerificationAnswer(string? Sid, string? To, string? Status);

    internal sealed record VerifyError(int Code, string? Message);

    internal sealed record ErrorBody(JsonElement Detail, string? Message, LoyalifeResults? Results);
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
[JsonSerializable(typeof(Bodies.LoyalifeTokenBody))]
[JsonSerializable(typeof(Bodies.LoyalifeBody))]
[JsonSerializable(typeof(Bodies.LoyalifeAnswer))]
[JsonSerializable(typeof(Bodies.VerificationAnswer))]
[JsonSerializable(typeof(Bodies.VerifyError))]
[JsonSerializable(typeof(Bodies.ErrorBody))]
internal sealed partial class ClientJson : JsonSerializerContext;
