using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Otp.Gateway.Pages;

/// <summary>A file that the assembly carries, read once and answered with an ETag.</summary>
/// <param name="name">Its name among the assembly's resources.</param>
/// <param name="mediaType">What it is.</param>
internal sealed class EmbeddedFile(string name, string mediaType)
{
    private readonly byte[] _content = Read(name);
    private EntityTagHeaderValue? _tag;

    private EntityTagHeaderValue Tag => _tag ??= new($"\"{Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 16))}\"");

    /// <summary>A stream of the content.</summary>
    public Stream Open() => new MemoryStream(_content, writable: false);

    /// <summary>Answers with the file, or with 304 if the caller has it.</summary>
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
        response.ContentLength = _content.Length;
        return response.BodyWriter.WriteAsync(_content).AsTask();
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
