using Microsoft.OpenApi;

namespace Otp.Gateway.OpenApi;

/// <summary>Parameters of calls.</summary>
internal static class ApiParameters
{
    public static readonly OpenApiParameter IdempotencyKey = new()
    {
        Name = Http.IdempotencyKey.HeaderName,
        In = ParameterLocation.Header,
        Description = "Names the operation, best by a new UUID for each: a repeat within 10 minutes gets the first outcome again and changes nothing. With another payload it is refused with 422.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Http.IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" },
    };

    public static readonly OpenApiParameter AcceptLanguage = new()
    {
        Name = "Accept-Language",
        In = ParameterLocation.Header,
        Description = "The languages of the message by preference: the first for which the program has a template is chosen, `pt` also for `pt-BR`, else the program's default.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = "pt-BR, en;q=0.5",
    };

    public static readonly OpenApiParameter RelationReference = new()
    {
        Name = "relationReference",
        In = ParameterLocation.Path,
        Required = true,
        Description = "The program's own name for the member (CID), percent-encoded.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Members.RelationReference.MaxLength },
        Example = "CID-1001",
    };

    public static readonly OpenApiParameter Prefix = new()
    {
        Name = "prefix",
        In = ParameterLocation.Path,
        Required = true,
        Description = "A prefix of phone numbers as the list has it: a plus, the calling code, and further digits.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^\+[0-9]{1,15}$" },
        Example = "+155501",
    };

    public static readonly OpenApiParameter IfNoneMatch = new()
    {
        Name = "If-None-Match",
        In = ParameterLocation.Header,
        Description = "The `ETag` of the copy at hand.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
