using System.Net;

namespace Orleans.Otp.Delivery;

/// <summary>The built-in mail: subject, plain text and HTML.</summary>
internal static class MailText
{
    /// <summary>The subject; without the code, for subjects end up in the logs of mail servers.</summary>
    public static string Subject(string program) => $"Your {program} code";

    public static string Plain(string program, string code, string lifetime) =>
        $"""
        {code} is your {program} code.

        It is valid for {lifetime} and works once.

        Nobody from {program} will ever ask you for this code: do not share it.
        If you did not ask for it, you can ignore this message.

        """;

    /// <summary>The HTML form; it sets no colour of its own, so that the reader's light or dark scheme is what shows.</summary>
    public static string Html(string program, string code, string lifetime)
    {
        program = WebUtility.HtmlEncode(program);
        code = WebUtility.HtmlEncode(code);
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
            <body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
            <div style="max-width:480px;margin:0 auto">
            <p style="margin:0">Your {{program}} code:</p>
            <p style="margin:16px 0;font:bold 36px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px">{{code}}</p>
            <p>It is valid for {{lifetime}} and works once.</p>
            <p>Nobody from {{program}} will ever ask you for this code: do not share it.
            If you did not ask for it, you can ignore this message.</p>
            </div>
            </body>
            </html>

            """;
    }
}
