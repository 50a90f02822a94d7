using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class SendTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Phone_number_gets_its_code_on_the_phone_channel()
    {
        var answer = await _gateway.SendAsync("+44 20 7946 0101");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("phone", answer.Text("otpType"));
    }

    [Fact]
    public async Task Every_send_tells_its_limits()
    {
        var target = TestGateway.NewTarget();
        var first = await _gateway.SendAsync(target);
        var second = await _gateway.SendAsync(target);

        Assert.Equal("\"hour\";q=5;w=3600, \"day\";q=10;w=86400", first.Header("RateLimit-Policy"));
        Assert.Equal("\"hour\";r=4;t=3600", first.Header("RateLimit"));
        Assert.Equal("\"hour\";r=3;t=3600", second.Header("RateLimit"));
        Assert.Null(first.Header("Retry-After"));
    }

    [Fact]
    public async Task Codes_stay_hidden_unless_exposed()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:ExposeCodes"] = "false" });
        var answer = await gateway.SendAsync(TestGateway.NewTarget());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"success":true,"message":"OTP sent successfully","error":null,"otpType":"email","mockCode":null}""", answer.Body);
    }

    [Theory]
    [InlineData("a@b@example.com")]
    [InlineData("Bob <bob@x.com>")]
    [InlineData("bob@localhost")]
    [InlineData("bob\u0000@example.com")]
    [InlineData("bob\u0007@example.com")]
    [InlineData("\u0000")]
    [InlineData("   ")]
    [InlineData("not a target")]
    [InlineData("+1")]
    [InlineData("+44 20 7946 0018 0018 0018")]
    [InlineData("+999 20 7946 0018")]
    [InlineData("+210 20 7946 0018")]
    [InlineData("+44 20 7946 0018 ext. 5")]
    [InlineData("tel:+442079460018;ext=5")]
    public async Task Invalid_target_is_refused(string target)
    {
        var answer = await _gateway.SendAsync(target);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"success":false,"message":null,"error":"Invalid target format","otpType":null,"mockCode":null}""", answer.Body);
        Assert.Equal("\"hour\";q=5;w=3600, \"day\";q=10;w=86400", answer.Header("RateLimit-Policy"));
        Assert.Null(answer.Header("RateLimit"));
    }

    [Theory]
    [InlineData(254, HttpStatusCode.OK)]
    [InlineData(255, HttpStatusCode.BadRequest)]
    public async Task Address_has_254_characters_at_most(int length, HttpStatusCode status)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".example";
        var target = $"{TestGateway.NewTarget()[..16]}{new string('a', length - 17 - domain.Length)}@{domain}";

        Assert.Equal((length, status), (target.Length, (await _gateway.SendAsync(target)).Status));
    }

    [Fact]
    public async Task National_number_is_read_in_the_programs_region_or_refused()
    {
        var british = await _gateway.SendAsync("020 7946 0102", TestGateway.Acme);
        var nowhere = await _gateway.SendAsync("020 7946 0102", TestGateway.Globex);

        Assert.Equal(HttpStatusCode.OK, british.Status);
        Assert.Equal(HttpStatusCode.BadRequest, nowhere.Status);
    }

    [Fact]
    public async Task Refused_bodies_are_not_counted()
    {
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 20; i++)
        {
            await _gateway.PostAsync(TestGateway.SendPath, $$"""{"target":"{{target}} and more"}""");
            await _gateway.PostAsync(TestGateway.SendPath, $$"""{"target":["{{target}}"]}""");
            await _gateway.SendAsync(target, idempotencyKey: "not visible");
        }

        var answer = await _gateway.SendAsync(target);

        Assert.Equal("\"hour\";r=4;t=3600", answer.Header("RateLimit"));
    }

    [Fact]
    public async Task Failed_delivery_is_told_and_not_counted()
    {
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 6; i++)
        {
            var answer = await _gateway.SendAsync(target, TestGateway.Mute);

            Assert.Equal(HttpStatusCode.BadGateway, answer.Status);
            Assert.Equal("""{"detail":"The code could not be delivered"}""", answer.Body);
            Assert.NotNull(answer.Header("RateLimit-Policy"));
            Assert.Equal("\"hour\";r=5;t=0", answer.Header("RateLimit"));
        }
    }
}
