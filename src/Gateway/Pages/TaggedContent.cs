using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Otp.Gateway.Pages;

/// <summary>Content that does not change while the process runs, answered with an ETag.</summary>
/// <param name="content">The content.</param>
/// <param name="mediaType">What it is.</param>
/// <param name="policy">The Content-Security-Policy of a page's file; null for what is no page.</param>
internal sealed class TaggedContent(byte[] content, string mediaType, string? policy = null)
{
    private EntityTagHeaderValue? _tag;

    private EntityTagHeaderValue Tag => _tag ??= new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");

    /// <summary>A file that the assembly carries.</summary>
    /// <param name="name">Its name among the assembly's resources.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="policy">Its Content-Security-Policy; null for none.</param>
    public static TaggedContent OfResource(string name, string mediaType, string? policy = null)
    {
        using var stream = typeof(TaggedContent).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new TaggedContent(content, mediaType, policy);
    }

    /// <summary>A stream of the content.</summary>
    public Stream Open() => new MemoryStream(content, writable: false);

    /// <summary>Answers with the content, or with 304 if the caller has it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        if (policy is not null)
        {
            PageFiles.SetHeaders(response, policy);
        }

        response.GetTypedHeaders().ETag = Tag;
        response.Headers.CacheControl = "no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(Tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = mediaType;
        response.ContentLength = content.Length;
        return response.BodyWriter.WriteAsync(content).AsTask();
    }
}
