using Microsoft.OpenApi;
using Otp.Gateway.Verify;

namespace Otp.Gateway.OpenApi;

/// <summary>Parameters of calls.</summary>
internal static class ApiParameters
{
    public static readonly OpenApiParameter IdempotencyKey = InHeader(
        Http.IdempotencyKey.HeaderName,
        "Names the operation, best by a new UUID for each: a repeat within 10 minutes gets the first outcome again and changes nothing. With another payload it is refused with 422.",
        new() { MinLength = 1, MaxLength = Http.IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" });

    public static readonly OpenApiParameter AcceptLanguage = InHeader(
        "Accept-Language",
        "The languages of the message by preference: the first for which the program has a template is chosen, `pt` also for `pt-BR`, else the program's default.",
        new(),
        "pt-BR, en;q=0.5");

    public static readonly OpenApiParameter IfNoneMatch = InHeader("If-None-Match", "The `ETag` of the copy at hand.", new());

    public static readonly OpenApiParameter RelationReference = InPath(
        "relationReference",
        "The program's own name for the member (CID), percent-encoded.",
        new() { MinLength = 1, MaxLength = Members.RelationReference.MaxLength },
        "CID-1001");

    public static readonly OpenApiParameter Prefix = InPath(
        "prefix",
        "A prefix of phone numbers as the list has it: a plus, the calling code, and further digits.",
        new() { Pattern = @"^\+[0-9]{1,15}$" },
        "+155501");

    public static readonly OpenApiParameter ServiceSid =
        InPath(VerifyEndpoints.ServiceSidParameter, "The service's SID.", new() { Pattern = "^VA[0-9a-fA-F]{32}$" }, VerifyCalls.ServiceSid);

    public static readonly OpenApiParameter VerificationSid =
        InPath(VerifyEndpoints.SidParameter, "The verification's SID, or its target, percent-encoded.", new() { MinLength = 1 }, VerifyCalls.Sid);

    private static OpenApiParameter InHeader(string name, string description, OpenApiSchema schema, string? example = null) =>
        Of(name, ParameterLocation.Header, description, schema, example);

    private static OpenApiParameter InPath(string name, string description, OpenApiSchema schema, string example) =>
        Of(name, ParameterLocation.Path, description, schema, example);

    private static OpenApiParameter Of(string name, ParameterLocation place, string description, OpenApiSchema schema, string? example)
    {
        schema.Type = JsonSchemaType.String;
        return new() { Name = name, In = place, Required = place == ParameterLocation.Path, Description = description, Schema = schema, Example = example };
    }
}
