namespace Otp.Gateway.Pages;

/// <summary>One file of a page, which the browser allows nothing that is not from this origin.</summary>
/// <param name="file">What it holds.</param>
/// <param name="policy">The Content-Security-Policy.</param>
internal sealed class PageFile(TaggedContent file, string policy)
{
    /// <summary>Answers with the file, or with 304 where the browser has it already.</summary>
    public Task WriteAsync(HttpContext context)
    {
        SetHeaders(context.Response, policy);
        return file.WriteAsync(context);
    }

    /// <summary>Sets what guards a page.</summary>
    public static void SetHeaders(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
