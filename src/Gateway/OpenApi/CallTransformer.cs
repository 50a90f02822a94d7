using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Otp.Gateway.Loyalife;

namespace Otp.Gateway.OpenApi;

/// <summary>Completes an operation: body, parameters, every answer with its headers and examples, and whether a token is needed.</summary>
internal sealed class CallTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (document, metadata) = (context.Document!, context.Description.ActionDescriptor.EndpointMetadata);
        var call = metadata.OfType<ApiCall>().Single();
        var needsToken = metadata.OfType<IAuthorizeData>().Any();
        operation.Security = call.IsBasic ? [ApiDocument.BasicRequirement(document)] : needsToken ? null : [];
        operation.Parameters = [.. call.Parameters];
        operation.RequestBody = call.Body is { } body ? ToRequestBody(body, document) : null;

        var answers = new List<WrittenAnswer>();
        foreach (var answer in call.Answers.Concat(SharedAnswers.Of(call, needsToken)))
        {
            answers.Add(await WriteAsync(answer, $"/{context.Description.RelativePath}", context.ApplicationServices));
        }

        var known = operation.Responses ?? [];
        operation.Responses = [];
        foreach (var group in answers.GroupBy(static answer => answer.Status).OrderBy(static group => group.Key))
        {
            var status = group.Key.ToString(CultureInfo.InvariantCulture);
            operation.Responses[status] = ToResponse(call, [.. group], known.GetValueOrDefault(status)?.Content, document);
        }
    }

    private static OpenApiRequestBody ToRequestBody(ApiBody body, OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSchema>(body.Schema, body.ToSchema());
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [body.MediaType] = new() { Schema = new OpenApiSchemaReference(body.Schema, document), Examples = body.ToExamples() },
            },
        };
    }

    private static OpenApiResponse ToResponse(
        ApiCall call, IReadOnlyList<WrittenAnswer> answers, IDictionary<string, OpenApiMediaType>? known, OpenApiDocument document)
    {
        var status = answers[0].Status;
        var descriptions = answers.Select(static answer => answer.Description).Distinct(StringComparer.Ordinal).ToList();
        var response = new OpenApiResponse
        {
            Description = descriptions.Count == 1 ? descriptions[0] : string.Concat(descriptions.Select(static text => $"- {text}\n")),
            Headers = ApiHeader.Of(call, status).ToDictionary(static header => header.Name, header => header.Reference(document), StringComparer.Ordinal),
        };
        if (answers[0].Body is null)
        {
            return response;
        }

        var schemas = answers.Select(answer => SchemaOf(answer.Body!, call)).Distinct(StringComparer.Ordinal)
            .Select(IOpenApiSchema (name) => new OpenApiSchemaReference(name, document)).ToList();
        var content = known?[MediaTypes.Json] is { } generated && schemas.Count == 1
            ? generated
            : new OpenApiMediaType { Schema = schemas.Count == 1 ? schemas[0] : new OpenApiSchema { OneOf = schemas } };
        content.Examples = answers.ToDictionary(
            static answer => answer.Example, IOpenApiExample (answer) => new OpenApiExample { Value = answer.Body }, StringComparer.Ordinal);
        response.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [MediaTypes.Json] = content };
        if (call.IsPage && status == StatusCodes.Status200OK)
        {
            response.Content["text/html"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }

        return response;
    }

    /// <summary>Which of the surfaces' shapes a body has; else the call's own.</summary>
    private static string SchemaOf(JsonNode body, ApiCall call) => body switch
    {
        JsonObject { Count: 1 } error when error["detail"] is JsonValue => Schemas.ErrorDetail,
        JsonObject { Count: 1 } error when error["detail"] is JsonArray => Schemas.ValidationFailed,
        JsonObject { Count: 1 } error when error["results"]?[nameof(LoyalifeResults.ErrorCode)] is not null => Schemas.NameOf(typeof(LoyalifeAnswer)),
        JsonObject { Count: 4 } error when error["more_info"] is not null => Schemas.VerifyError,
        _ => Schemas.NameOf(call.Answers[0].Type!),
    };

    /// <summary>Lets the code that answers requests write the example.</summary>
    private static async Task<WrittenAnswer> WriteAsync(ApiAnswer answer, string path, IServiceProvider services)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Path = path }, Response = { Body = body } };
        await answer.Write(context);
        await context.Response.CompleteAsync();
        return new WrittenAnswer(context.Response.StatusCode, answer.Example, answer.Description, body.Length == 0 ? null : JsonNode.Parse(body.ToArray()));
    }

    private sealed record WrittenAnswer(int Status, string Example, string Description, JsonNode? Body);
}
