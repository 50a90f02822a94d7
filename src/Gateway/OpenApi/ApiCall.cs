using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of a call and its route does not show: metadata of the route.</summary>
/// <param name="Id">The operation's id: where another API is published, its own.</param>
/// <param name="Tag">The part of the document that shows it.</param>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="Description">What else to know; Markdown.</param>
/// <param name="Answers">Answers of this call alone.</param>
internal sealed record ApiCall(string Id, string Tag, string Summary, string Description, params IReadOnlyList<ApiAnswer> Answers)
    : IEndpointNameMetadata, IEndpointSummaryMetadata, IEndpointDescriptionMetadata, ITagsMetadata
{
    /// <summary>What a send is refused for, on every surface.</summary>
    public static readonly IReadOnlyList<Refusal> SendRefusals =
        [Refusal.TargetNotAllowed, Refusal.RateLimited, Refusal.DeliveryFailed, Refusal.MalformedKey, Refusal.ReusedKey];

    /// <summary>What a verify is refused for, on every surface.</summary>
    public static readonly IReadOnlyList<Refusal> VerifyRefusals = [Refusal.InvalidCode, Refusal.MalformedKey, Refusal.ReusedKey];

    /// <summary>What a token request is refused for, on every surface.</summary>
    public static readonly IReadOnlyList<Refusal> TokenRefusals = [Refusal.InvalidClient, Refusal.TooManyTokenRequests];

    /// <summary>The body of the request; null for none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>What the call is refused for; <see cref="Refuse"/> says it.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>How the surface answers with a refusal.</summary>
    public Func<HttpContext, Refusal, Task> Refuse { get; init; } = static (_, refusal) => throw new ArgumentOutOfRangeException(nameof(refusal));

    /// <summary>What the path and the headers may say.</summary>
    public IReadOnlyList<IOpenApiParameter> Parameters { get; init; } = [];

    /// <summary>Headers of <see cref="Answers"/>.</summary>
    public IReadOnlyList<ApiHeader> Headers { get; init; } = [];

    /// <summary>Whether the cluster is asked: it may be unreachable.</summary>
    public bool CallsGrain { get; init; } = true;

    /// <summary>Whether callers authenticate with each request (Basic); else with a bearer token, if at all.</summary>
    public bool IsBasic { get; init; }

    /// <summary>Whether browsers get a page instead.</summary>
    public bool IsPage { get; init; }

    public string EndpointName => Id;

    public IReadOnlyList<string> Tags => [Tag];

    public bool Sends => Refusals.Contains(Refusal.DeliveryFailed);
}

/// <summary>One answer, written by the code that answers requests, so that the document shows what a caller gets.</summary>
/// <param name="Example">The example's name.</param>
/// <param name="Description">When it is given.</param>
/// <param name="Write">Answers.</param>
internal sealed record ApiAnswer(string Example, string Description, Func<HttpContext, Task> Write)
{
    /// <summary>The status, where the document must know it before the answer is written; else 0.</summary>
    public int Status { get; init; }

    /// <summary>The type whose schema the body has; null leaves it to the body's shape.</summary>
    public Type? Type { get; init; }

    /// <summary>A JSON body.</summary>
    public static ApiAnswer Of<T>(int status, string example, string description, T value) =>
        new(example, description, context => JsonAnswer.WriteAsync(context, status, value)) { Status = status, Type = typeof(T) };

    /// <summary>No body.</summary>
    public static ApiAnswer Empty(int status, string description) =>
        new("", description, context => JsonAnswer.WriteNothingAsync(context, status)) { Status = status };

    /// <summary>An error in the words of the path's surface.</summary>
    public static ApiAnswer Error(int status, string text, string description) =>
        new($"error{status}", description, context => ErrorAnswer.WriteAsync(context, status, text));
}
