using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Fraud;

/// <summary>The operators' calls on prefixes.</summary>
internal static class Prefixes
{
    public static async Task<Answer> CallAsync(TestGateway gateway, string client, HttpMethod method, string path = "") =>
        await gateway.CallAsync(method, $"/admin/prefixes{path}", content: null, await gateway.TokenAsync(client));

    /// <summary>Waits until a prefix has been told of a right code: nobody who verifies waits for that.</summary>
    public static async Task WaitForAsync(TestGateway gateway, string client, string prefix, int sends, int conversions)
    {
        for (var i = 0; i < 1_000; i++)
        {
            var answer = await CallAsync(gateway, client, HttpMethod.Get, $"/{prefix}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            if ((answer.Json.GetProperty("sends").GetInt32(), answer.Json.GetProperty("conversions").GetInt32()) == (sends, conversions))
            {
                return;
            }
        }

        Assert.Fail("It never came to that.");
    }
}
