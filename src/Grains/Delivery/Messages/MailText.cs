using System.Net;

namespace Otp.Delivery;

/// <summary>The built-in mail: subject, plain text and HTML.</summary>
internal static class MailText
{
    public static MessageText Compose(MessageWords words) => new($"Your {words.Program} code", Plain(words), Html(words));

    private static string Plain(MessageWords words) =>
        $"""
        {words.Code} is your {words.Program} code to {words.Purpose}.

        It is valid for {words.Lifetime} and works once.{(words.Domain is { } domain ? $" Enter it only at {domain}." : "")}

        Nobody from {words.Program} will ever ask you for this code: do not share it.
        If you did not ask for it, you can ignore this message.

        """;

    /// <summary>The HTML form. Its only colours are translucent greys, which look right on a light or dark scheme.</summary>
    private static string Html(MessageWords words)
    {
        var program = WebUtility.HtmlEncode(words.Program);
        var code = WebUtility.HtmlEncode(words.Code);
        var purpose = WebUtility.HtmlEncode(words.Purpose);
        var only = words.Domain is { } domain ? $" Enter it only at <b>{WebUtility.HtmlEncode(domain)}</b>." : "";
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>Your {{program}} code</title>
            <style>:root { color-scheme: light dark; supported-color-schemes: light dark; }</style>
            </head>
            <body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
            <div style="max-width:480px;margin:0 auto;padding:32px 24px;border:1px solid rgba(128,128,128,.35);border-radius:12px">
            <p style="margin:0 0 16px;font-weight:600;overflow-wrap:anywhere">{{program}}</p>
            <p style="margin:0">Your code to {{purpose}}:</p>
            <p style="margin:16px 0;padding:16px 0 16px 8px;border-radius:8px;background:rgba(128,128,128,.15);text-align:center;font:bold 32px/1.25 ui-monospace,Menlo,Consolas,monospace;letter-spacing:8px">{{code}}</p>
            <p style="margin:0 0 24px">It is valid for {{words.Lifetime}} and works once.{{only}}</p>
            <p style="margin:0;padding-top:16px;border-top:1px solid rgba(128,128,128,.35);font-size:14px;opacity:.8">Nobody from {{program}} will ever ask you for this code: do not share it.
            If you did not ask for it, you can ignore this message.</p>
            </div>
            </body>
            </html>

            """;
    }
}
