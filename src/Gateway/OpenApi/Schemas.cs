using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Otp.Customers;
using Otp.Gateway.Admin;
using Otp.Gateway.Loyalife;
using Otp.Gateway.LoyaltyDog;
using Otp.Gateway.Verify;
using OtpTypes = Otp.Gateway.Loyalife.OtpTypes;

namespace Otp.Gateway.OpenApi;

/// <summary>Names of the schemas, and what the published APIs and the wire have beyond what the types say.</summary>
internal static class Schemas
{
    public const string ErrorDetail = "ErrorDetail";
    public const string ValidationFailed = "HTTPValidationError";
    public const string OtpType = "OtpType";
    public const string VerifyError = "VerifyError";

    private const string ValidationFault = "ValidationError";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(TokenAnswer)] = "TokenResponse",
        [typeof(SendAnswer)] = "SendOTPResponse",
        [typeof(VerifyAnswer)] = "VerifyOTPResponse",
        [typeof(SessionAnswer)] = "ValidateSessionResponse",
        [typeof(Identity)] = "CustomerIdentityResponse",
        [typeof(LoyalifeTokenAnswer)] = "LoyalifeTokenResponse",
        [typeof(LoyalifeAnswer)] = "LoyalifeResponse",
        [typeof(LookupAnswer)] = "VerificationLookup",
        [typeof(CheckAnswer)] = "VerificationCheck",
        [typeof(ServiceAnswer)] = "VerifyService",
        [typeof(Purpose)] = OtpType,
        [typeof(UnlockAnswer)] = "UnlockResponse",
        [typeof(EventsAnswer)] = "WaitingEvents",
        [typeof(ReplayAnswer)] = "ReplayResponse",
        [typeof(PrefixAnswer)] = "PrefixReport",
        [typeof(JsonElement)] = "OpenApiDocument",
    };

    /// <summary>A type's name, without <c>Answer</c>, where the published API has no other.</summary>
    public static string NameOf(Type type) => Names.GetValueOrDefault(type) ?? Shorten(type.Name)!;

    public static string? NameOf(JsonTypeInfo type) => Names.GetValueOrDefault(type.Type) ?? Shorten(OpenApiOptions.CreateDefaultSchemaReferenceId(type));

    /// <summary>Says of a generated schema what its type does not.</summary>
    public static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            // Answers always have all their members.
            schema.Title = NameOf(context.JsonTypeInfo.Type);
            schema.Required = schema.Properties?.Keys.ToHashSet(StringComparer.Ordinal);
        }
        else if (context.JsonPropertyInfo is { } member)
        {
            schema.Title = TitleOf(member.Name);
            schema.Type &= member.IsGetNullable ? ~default(JsonSchemaType) : ~JsonSchemaType.Null;
        }

        // Whoever refers to an enumeration that may be absent says so.
        if (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is { IsEnum: true } && schema.Enum is { } names)
        {
            schema.Enum = [.. names.Where(static name => name is not null && !name.IsJsonNullSentinel())];
        }

        if (context.JsonTypeInfo.Type == typeof(int))
        {
            schema.Format = null;
        }
        else if (context.JsonTypeInfo.Type == typeof(Purpose))
        {
            schema.Title = OtpType;
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. OtpTypes.Names.Select(static name => (JsonNode)name)];
            schema.Description = "Purpose of the OTP. Must match between Generate and Verify calls.";
        }
        else if (context.JsonPropertyInfo is { Name: nameof(LoyalifeResults.ErrorCode) })
        {
            schema.Enum = [.. LoyalifeErrorCode.All.Select(static error => (JsonNode)error.Code)];
            schema.Description = "Three digits are Loyalife's own codes, the others ours; none ever changes.\n\n| code | meaning |\n|---|---|\n"
                + string.Concat(LoyalifeErrorCode.All.Select(static error => $"| {error.Code} | {error.Text} |\n"));
        }

        return Task.CompletedTask;
    }

    /// <summary>The schemas of bodies that no type has.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        Add(ErrorDetail, "An error in FastAPI's shape.", ["detail"], ("detail", Text("Detail", "What went wrong; never a code, a target or a secret.")));
        Add(ValidationFailed, "Everything that is wrong with the body, in pydantic v2's words.", ["detail"], (
            "detail", new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(ValidationFault, document), Title = "Detail" }));
        Add(
            ValidationFault,
            "One fault.",
            ["loc", "msg", "type"],
            ("loc", new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { AnyOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Integer }] },
                Title = "Location",
                Description = "`body`, then the member's name or, in what is no JSON, the offset in characters.",
            }),
            ("msg", Text("Message", "The kind of fault in words.")),
            ("type", Text("Error Type", "The kind of fault, which clients switch on.")),
            ("input", new OpenApiSchema { Title = "Input", Description = "The value at fault." }),
            ("ctx", new OpenApiSchema { Type = JsonSchemaType.Object, Title = "Context", Description = "The rule that was broken." }));

        Add(
            VerifyError,
            "An error in Twilio's shape.",
            ["code", "message", "more_info", "status"],
            ("code", Number("Code", "The error's number, which clients switch on.")),
            ("message", Text("Message", "The error in words; never a code, a target or a secret.")),
            ("more_info", Text("More info", "Where Twilio describes the error.")),
            ("status", Number("Status", "The HTTP status.")));

        static OpenApiSchema Number(string title, string description) => new() { Type = JsonSchemaType.Integer, Title = title, Description = description };
        static OpenApiSchema Text(string title, string description) => new() { Type = JsonSchemaType.String, Title = title, Description = description };

        void Add(string name, string description, string[] required, params (string Name, IOpenApiSchema Schema)[] members) =>
            document.AddComponent<IOpenApiSchema>(name, new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Title = name,
                Description = description,
                Properties = members.ToDictionary(static member => member.Name, static member => member.Schema, StringComparer.Ordinal),
                Required = required.ToHashSet(StringComparer.Ordinal),
            });
    }

    private static string? Shorten(string? name) => name?.EndsWith("Answer", StringComparison.Ordinal) == true ? name[..^"Answer".Length] : name;

    /// <summary>A member's title as pydantic makes it: <c>otpType</c> becomes <c>Otptype</c>.</summary>
    public static string TitleOf(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..].ToLowerInvariant()}";
}
