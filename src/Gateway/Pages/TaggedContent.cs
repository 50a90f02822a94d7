using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Otp.Gateway.Pages;

/// <summary>Content that does not change while the process runs, answered with an ETag.</summary>
/// <param name="content">The content.</param>
/// <param name="mediaType">What it is.</param>
internal sealed class TaggedContent(byte[] content, string mediaType)
{
    private EntityTagHeaderValue? _tag;

    private EntityTagHeaderValue Tag => _tag ??= new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");

    /// <summary>A file that the assembly carries.</summary>
    /// <param name="name">Its name among the assembly's resources.</param>
    /// <param name="mediaType">What it is.</param>
    public static TaggedContent OfResource(string name, string mediaType)
    {
        using var stream = typeof(TaggedContent).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new TaggedContent(content, mediaType);
    }

    /// <summary>A stream of the content.</summary>
    public Stream Open() => new MemoryStream(content, writable: false);

    /// <summary>Answers with the content, or with 304 if the caller has it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
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
