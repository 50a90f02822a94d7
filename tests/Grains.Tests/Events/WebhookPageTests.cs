using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Otp.Delivery;

namespace Otp.Grains.Tests.Events;

/// <summary>The code that docs/webhooks.md shows to verify a signature.</summary>
public sealed class WebhookPageTests
{
    private const string Call =
        """

        import json, sys
        given = json.load(sys.stdin)
        print(is_genuine(given["secret"], given["headers"], given["body"].encode()))
        """;

    [Theory]
    [InlineData("""{"type":"otp.sent"}""", 0, "True")]
    [InlineData("""{"type":"otp.verified"}""", 0, "False")]
    [InlineData("""{"type":"otp.sent"}""", -10, "False")]
    public async Task Example_takes_what_is_signed_now_and_nothing_else(string body, int minutes, string expected)
    {
        using var request = new HttpRequestMessage();
        var signed = Encoding.UTF8.GetBytes("""{"type":"otp.sent"}""");
        byte[][] keys = WebhookSignature.ReadKeys(["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", WebhookDelivery.Secret]);
        new WebhookSignature(keys, new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes))).Sign(request, "evt_1", signed);

        var output = await RunAsync(JsonSerializer.Serialize(new
        {
            secret = WebhookDelivery.Secret,
            headers = request.Headers.ToDictionary(static header => header.Key, static header => string.Join(' ', header.Value)),
            body,
        }));

        Assert.Equal(expected, output.Trim());
    }

    private static async Task<string> RunAsync(string input)
    {
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo("python3", ["-c", Example() + Call])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3.");
        }

        using (process)
        {
            await process!.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string Example()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.Otp.sln")))
        {
            folder = folder.Parent!;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "webhooks.md"));
        var start = page.IndexOf("```python", StringComparison.Ordinal) + "```python".Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
