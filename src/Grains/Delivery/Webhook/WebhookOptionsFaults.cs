using Microsoft.Extensions.Hosting;

namespace Otp.Delivery;

/// <summary>What is wrong with the settings of an endpoint; it tells neither its address, which may hold a token, nor a secret.</summary>
internal static class WebhookOptionsFaults
{
    public static IEnumerable<string> Of(WebhookOptions webhook, string path, IHostEnvironment? environment)
    {
        if (!ServiceAddress.TryRead(webhook.Url, allowClear: environment?.IsDevelopment() == true, out _))
            yield return $"{path}:Url is not an https address without a user name (http: on this machine, or in the Development environment).";
        if (webhook.Secrets.Count == 0)
            yield return $"{path}:Secrets:0 is missing: whsec_ and base64 of 24–64 random bytes.";
        for (var i = 0; i < webhook.Secrets.Count; i++)
        {
            if (!WebhookSecret.TryRead(webhook.Secrets[i], out _))
                yield return $"{path}:Secrets:{i} is not whsec_ and base64 of 24–64 bytes.";
        }
    }
}
