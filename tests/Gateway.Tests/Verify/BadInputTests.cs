using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Whatever comes in, the answer is no fault of the service, has Twilio's shape, and counts nothing.</summary>
public sealed class BadInputTests(VerifyFixture fixture)
{
    private readonly VerifyGateway _gateway = fixture.Gateway;

    public static TheoryData<string> Forms =>
    [
        "", "&&&", "=", "%", "To", "To=%zz&Channel=sms", "To=%00&Channel=sms", "To=%ff%fe&Channel=sms",
        "To=%2B447700900123", "Channel=sms", "to=%2B447700900123&channel=sms", "To=%2B447700900123&Channel=sms&Channel=", "To[]=1&Channel[]=2",
        "To=%2B447700900123&Channel=sms&CustomCode=%D9%A1", "To=%2B447700900123&Channel=sms&Amount=" + new string('9', 40),
        """{"To":"+447700900123","Channel":"sms"}""", string.Concat(Enumerable.Repeat("a=1&", 1_100)), new string('a', 5_000) + "=1",
        "To=jane%40example.com%0d%0aBcc%3A+x%40example.com&Channel=email", "To=%F0%9F%98%80&Channel=%F0%9F%98%80",
    ];

    public static TheoryData<string> Names =>
    [
        "VE", "VE1", "VEzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "VE00000000000000000000000000000000", "nobody", "%2B", "%2B44", "@", "a%40b", "..%2f..", "%20",
        "%ff", "%F0%9F%98%80", new string('1', 3_000), "jane%40example.com%0d%0a",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Form_is_refused_or_done(string form)
    {
        foreach (var path in new[] { "Verifications", "VerificationCheck", "Verifications/VE00000000000000000000000000000000" })
        {
            var answer = await PostAsync($"{VerifyGateway.Shop}/{path}", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded");

            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{path}: {answer}");
            Assert.Contains(answer.Json.GetProperty("code").GetInt32(), new[] { 20001, 20404, 60200, 60204, 60221 });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Name_that_leads_nowhere_is_not_found(string name)
    {
        VerifyGateway.AssertError(await _gateway.CallAsync(HttpMethod.Get, $"{VerifyGateway.Shop}/Verifications/{name}"), HttpStatusCode.NotFound, 20404);
        var update = await _gateway.PostAsync($"{VerifyGateway.Shop}/Verifications/{name}", [("Status", "canceled")]);
        VerifyGateway.AssertError(update, HttpStatusCode.NotFound, 20404);
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"To\"\r\n\r\n+4477")]
    [InlineData("--x\r\n")]
    [InlineData("{}")]
    public async Task Multipart_form_without_its_end_is_no_form(string form)
    {
        var answer = await PostAsync($"{VerifyGateway.Shop}/Verifications", Encoding.UTF8.GetBytes(form), "multipart/form-data; boundary=x");

        VerifyGateway.AssertError(answer, HttpStatusCode.BadRequest, 20001);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Other_media_type_is_unsupported(string mediaType)
    {
        var answer = await PostAsync($"{VerifyGateway.Shop}/Verifications", "To=1&Channel=sms"u8.ToArray(), mediaType);

        VerifyGateway.AssertError(answer, HttpStatusCode.UnsupportedMediaType, 20001);
    }

    [Fact]
    public async Task Noise_is_refused_and_counts_nothing()
    {
        var to = VerifyGateway.NewPhone();
        await _gateway.StartAsync(to);
        for (var i = 0; i < 200; i++)
        {
            var noise = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 200));
            byte[] body = [.. Encoding.ASCII.GetBytes($"To={Uri.EscapeDataString(to)}&Channel=sms&CustomCode="), .. noise];
            var answer = await PostAsync($"{VerifyGateway.Shop}/Verifications", body, "application/x-www-form-urlencoded");

            // Noise may cut the field off before it has any text.
            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Created or HttpStatusCode.TooManyRequests, answer.ToString());
        }

        Assert.Equal((await _gateway.MessagesAsync(to)).Count, await _gateway.CountedAsync(to));
    }

    private async Task<Answer> PostAsync(string path, byte[] body, string mediaType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return await _gateway.CallAsync(HttpMethod.Post, path, content);
    }
}
