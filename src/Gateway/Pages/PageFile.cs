using Orleans.Otp.Gateway.OpenApi;

namespace Orleans.Otp.Gateway.Pages;

/// <summary>One file of a page, as the browser gets it: allowed nothing that is not from this origin.</summary>
/// <param name="name">Its name among the assembly's resources.</param>
/// <param name="mediaType">With its charset.</param>
/// <param name="policy">The Content-Security-Policy.</param>
internal sealed class PageFile(string name, string mediaType, string policy)
{
    private readonly EmbeddedFile _file = new(name, mediaType);

    /// <summary>Answers with the file, or with 304 where the browser has it already.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return _file.WriteAsync(context);
    }
}
