using System.Text.Json.Serialization;
using Otp.Customers;

namespace Otp.Contract;

internal sealed record SendBody(string? Target);

internal sealed record VerifyBody(string? Target, string? Code, string? Name);

internal sealed record SendAnswer(bool Success, string? Message, string? Error, string? OtpType, string? MockCode);

internal sealed record VerifyAnswer(
    bool Success, string? Error, string? VerifiedTarget, string? OtpType, string? SessionToken, Identity? Identity);

internal sealed record MemberVerifyBody(
    [property: JsonPropertyName("UniquerefID")] string? UniquerefId,
    [property: JsonPropertyName("OTP")] long Otp,
    [property: JsonPropertyName("OtpType")] string? OtpType,
    [property: JsonPropertyName("ProgramId")] long ProgramId);

internal sealed record MemberAnswer([property: JsonPropertyName("results")] MemberResults Results);

internal sealed record MemberResults(
    [property: JsonPropertyName("IsSucessful")] bool IsSuccessful,
    [property: JsonPropertyName("ErrorCode")] string ErrorCode,
    [property: JsonPropertyName("ExceptionMessage")] string ExceptionMessage,
    [property: JsonPropertyName("ReturnObject")] bool? ReturnObject,
    [property: JsonPropertyName("Count")] int Count);

internal sealed record Detail([property: JsonPropertyName("detail")] string Text);

/// <summary>Source-generated JSON of the API and of what is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SendBody))]
[JsonSerializable(typeof(VerifyBody))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(MemberVerifyBody))]
[JsonSerializable(typeof(MemberAnswer))]
[JsonSerializable(typeof(Detail))]
[JsonSerializable(typeof(Identity))]
internal sealed partial class ApiJson : JsonSerializerContext;
