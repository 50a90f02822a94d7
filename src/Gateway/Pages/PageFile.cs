using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Orleans.Otp.Gateway.Pages;

/// <summary>One file of a page, as the browser gets it: revalidated by its ETag, and allowed nothing that is not from this origin.</summary>
/// <param name="content">The file's bytes.</param>
/// <param name="mediaType">With its charset.</param>
/// <param name="policy">The Content-Security-Policy.</param>
internal sealed class PageFile(byte[] content, string mediaType, string policy)
{
    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");

    /// <summary>Answers with the file, or with 304 where the browser has it already.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.GetTypedHeaders().ETag = _tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(_tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = mediaType;
        response.ContentLength = content.Length;
        return response.BodyWriter.WriteAsync(content).AsTask();
    }
}
