using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Http;
using Otp.Gateway.Tests.Harness;
using Otp.Targets;

namespace Otp.Gateway.Tests.Programs;

/// <summary>What a program's policy allows, over HTTP.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData("Otp:Programs:acme:Policy:AllowedCountries:0", "GB", "+33612345678", "+442079460018", "phone")]
    [InlineData("Otp:Programs:acme:Policy:AllowedCountries:0", "GB", "+449091234567", "+447400123456", "phone")]
    [InlineData("Otp:Programs:acme:Policy:AllowedNumberTypes:0", "mobile", "+442079460018", "+447400123456", "phone")]
    [InlineData("Otp:Programs:acme:Purposes:None:AllowedDomains:0", "*.example.org", "a@example.org", "a@mail.example.org", "email")]
    [InlineData("Otp:Programs:acme:Policy:Channel", "Phone", "a@example.org", "+442079460018", "email")]
    public async Task Target_that_is_not_allowed_is_refused_and_others_are_not(string key, string value, string refused, string allowed, string type)
    {
        await using var gateway = await TestGateway.StartAsync(new() { [key] = value });

        var answer = await gateway.SendAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.False(answer.Json.GetProperty("success").GetBoolean());
        Assert.StartsWith("Target is not allowed", answer.Text("error"), StringComparison.Ordinal);
        Assert.Equal(type, answer.Text("otpType"));
        Assert.Null(answer.Header("RateLimit"));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(allowed)).Status);
    }

    [Fact]
    public async Task Test_target_is_verified_by_its_own_code_and_gets_no_message()
    {
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:TestTargets:0:Target"] = "020 7946 0018",
            ["Otp:Programs:acme:TestTargets:0:Code"] = "135790",
            ["Otp:Programs:acme:TestTargets:0:ExpiresOn"] = "2026-01-31",
        });

        Assert.Equal("135790", await gateway.SendCodeAsync("+442079460018"));

        Assert.Equal("[]", (await gateway.GetAsync("/dev/inbox")).Body);
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync("+442079460018", "135790")).Status);
        Assert.DoesNotContain(gateway.Logs.Lines, line => line.Contains("135790", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Program_that_a_silo_does_not_know_yet_is_a_fault_that_passes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = new Target(Channel.Email, TestGateway.NewTarget());
        var key = gateway.Services.GetRequiredService<TargetIndex>().KeyFor("unknown", target);
        var request = new SendRequest(target, Purpose.None, Operation.New());
        var calls = gateway.Services.GetRequiredService<GrainCall>();

        await Assert.ThrowsAsync<GrainUnavailableException>(() => calls.InvokeAsync<ITargetGrain, SendOutcome>(key, grain => grain.Send(request), hangUp: TestContext.Current.CancellationToken));
    }
}
