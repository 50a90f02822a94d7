using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.LoyaltyDog;
using Otp.Verifications;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Each error that the page of the API lists, brought about, with each of its statuses.</summary>
public sealed class ErrorTests(VerifyFixture fixture)
{
    private const string Nobody = "VE00000000000000000000000000000000";

    private static readonly (int Code, int Status, Func<VerifyGateway, Task<Answer>> Cause)[] Causes =
    [
        (20001, 413, static gateway => gateway.PostAsync($"{VerifyGateway.Shop}/Verifications", [("To", new string('1', 17_000))])),
        (20001, 415, static gateway => JsonAsync(gateway)),
        (20001, 400, static gateway => gateway.PostAsync($"{VerifyGateway.Shop}/Verifications", [(new string('a', 3_000), "1")])),
        (20003, 401, static gateway => gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop, secret: "wrong")),
        (20004, 405, static gateway => gateway.CallAsync(HttpMethod.Delete, $"{VerifyGateway.Shop}/Verifications")),
        (20404, 404, static gateway => gateway.FetchAsync(Nobody)),
        (20429, 429, static gateway => OnlyOneSendAsync()),
        (20500, 502, static gateway => gateway.StartAsync(TestGateway.NewTarget(), VerifyGateway.Strict)),
        (20500, 500, static gateway => BrokenAsync()),
        (20503, 503, static gateway => DownAsync()),
        (60200, 400, static gateway => gateway.StartAsync("nobody")),
        (60200, 422, static gateway => ReusedKeyAsync(gateway)),
        (60202, 429, static gateway => ExhaustedAsync(gateway)),
        (60203, 429, static gateway => TooManySendsAsync(gateway)),
        (60204, 403, static gateway => gateway.StartAsync(VerifyGateway.NewPhone(), more: ("RateLimits", "{}"))),
        (60205, 403, static gateway => gateway.StartAsync("+442079460958", VerifyGateway.Strict)),
        (60206, 400, static gateway => gateway.StartAsync(VerifyGateway.NewPhone(), VerifyGateway.Bank, more: ("Amount", "1 EUR"))),
        (60212, 429, static gateway => TooSoonAsync(gateway)),
        (60214, 400, static gateway => gateway.StartAsync(VerifyGateway.NewPhone(), VerifyGateway.Bank, more: ("Channel", "call"))),
        (60221, 400, static gateway => gateway.PostAsync($"{VerifyGateway.Shop}/VerificationCheck", [("Code", "123456")])),
        (60223, 400, static gateway => gateway.StartAsync(VerifyGateway.NewPhone(), VerifyGateway.Plain, more: ("Channel", "call"))),
        (60238, 403, static gateway => gateway.StartAsync("jane@elsewhere.example", VerifyGateway.Strict)),
        (60243, 400, static gateway => gateway.StartAsync(VerifyGateway.NewPhone(), more: ("CustomMessage", "hello"))),
        (60410, 403, static gateway => PumpedAsync()),
        (60605, 403, static gateway => gateway.StartAsync("+491701234567", VerifyGateway.Strict)),
    ];

    public static TheoryData<int, int> Errors => [.. Causes.Select(cause => (cause.Code, cause.Status))];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Error_has_its_number_its_status_and_Twilios_shape(int code, int status)
    {
        var answer = await Causes.Single(cause => (cause.Code, cause.Status) == (code, status)).Cause(fixture.Gateway);

        VerifyGateway.AssertError(answer, (HttpStatusCode)status, code);
        Assert.NotNull(answer.Header("X-Request-Id"));
        Assert.Equal(status is 429 or 503, answer.Header("Retry-After") is not null);
    }

    // A body that comes too slowly takes a raw connection: ExampleRequestTests has it.
    [Fact]
    public void Page_lists_the_errors_that_are_tested_here() => Assert.Equal(
        Causes.Append((Code: 20001, Status: 408, null!)).Select(cause => $"{cause.Code} {cause.Status}").Order(StringComparer.Ordinal),
        VerifyPage.Rows("code").SelectMany(row => row.Text.Split(", ").Select(status => $"{row.Key} {status}")).Order(StringComparer.Ordinal));

    private static async Task<Answer> JsonAsync(VerifyGateway gateway)
    {
        using var json = new StringContent("""{"To":"+447700900001","Channel":"sms"}""", Encoding.UTF8, "application/json");
        return await gateway.CallAsync(HttpMethod.Post, $"{VerifyGateway.Shop}/Verifications", json);
    }

    private static async Task<Answer> OnlyOneSendAsync()
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Limits:SendsPerAddress:Limit"] = "1" });
        await gateway.StartAsync(VerifyGateway.NewPhone());
        return await gateway.StartAsync(VerifyGateway.NewPhone());
    }

    private static async Task<Answer> BrokenAsync()
    {
        await using var gateway = await VerifyGateway.StartAsync(configure: static builder => builder.Services.AddSingleton<IOutgoingGrainCallFilter, Defect>());
        return await gateway.StartAsync(VerifyGateway.NewPhone());
    }

    private static async Task<Answer> DownAsync()
    {
        await using var gateway = await VerifyGateway.StartAsync(configure: static builder => DownStorage.Break(builder, "verification"));
        return await gateway.StartAsync(VerifyGateway.NewPhone());
    }

    private static async Task<Answer> ReusedKeyAsync(VerifyGateway gateway)
    {
        var (to, key) = (VerifyGateway.NewPhone(), Guid.NewGuid().ToString());
        await gateway.StartAsync(to, key: key);
        return await gateway.StartAsync(to, key: key, more: ("Channel", "call"));
    }

    private static async Task<Answer> ExhaustedAsync(VerifyGateway gateway)
    {
        var to = VerifyGateway.NewPhone();
        var (_, code) = await gateway.SendCodeAsync(to, VerifyGateway.Plain);
        for (var i = 0; i < 3; i++)
        {
            await gateway.CheckAsync(to, TestGateway.WrongFor(code), VerifyGateway.Plain);
        }

        return await gateway.CheckAsync(to, code, VerifyGateway.Plain);
    }

    private static async Task<Answer> TooManySendsAsync(VerifyGateway gateway)
    {
        var to = VerifyGateway.NewPhone();
        for (var i = 0; i < 5; i++)
        {
            await gateway.StartAsync(to);
        }

        return await gateway.StartAsync(to);
    }

    private static async Task<Answer> PumpedAsync()
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Programs:31:FraudGuard:Budget"] = "1" });
        await gateway.StartAsync(VerifyGateway.NewPhone());
        return await gateway.StartAsync(VerifyGateway.NewPhone());
    }

    private static async Task<Answer> TooSoonAsync(VerifyGateway gateway)
    {
        var to = VerifyGateway.NewPhone();
        await gateway.StartAsync(to, VerifyGateway.Strict);
        return await gateway.StartAsync(to, VerifyGateway.Strict);
    }

    private sealed class Defect : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) =>
            context.InterfaceName == typeof(IVerificationGrain).FullName ? throw new NotSupportedException("a defect") : context.Invoke();
    }
}
