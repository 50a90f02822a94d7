using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>Who is not registered is answered like who is.</summary>
public sealed class UnregisteredTests(LoyalifeFixture fixture)
{
    private static readonly string[] Varying = ["X-Request-Id", "Date"];

    private readonly LoyalifeService _service = fixture.Service;

    [Theory]
    [InlineData("")]
    [InlineData(LoyalifeService.ByReference)]
    public async Task Every_answer_of_a_story_is_the_same(string suffix)
    {
        var (reference, email) = await _service.NewMemberAsync();
        var registered = suffix.Length == 0 ? email : reference;
        var unregistered = suffix.Length == 0 ? TestGateway.NewTarget() : LoyalifeService.NewReference();

        var expected = await TellAsync(registered, suffix);
        var actual = await TellAsync(unregistered, suffix);

        Assert.Equal(expected, actual);
        Assert.Contains(expected, answer => answer.Contains("E202", StringComparison.Ordinal));
        Assert.Contains(expected, answer => answer.Contains("r=3;t=3600", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lockout_is_the_same()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Lockout:Threshold"] = "2" });
        var (_, email) = await service.NewMemberAsync();
        foreach (var address in new[] { email, TestGateway.NewTarget() })
        {
            LoyalifeService.AssertDone(await service.GenerateAsync(address));
            var wrong = TestGateway.WrongFor(await service.LatestCodeAsync(address) ?? "123456");
            LoyalifeService.AssertRefused(await service.VerifyAsync(address, wrong), HttpStatusCode.BadRequest, "E201");
            LoyalifeService.AssertRefused(await service.VerifyAsync(address, wrong), HttpStatusCode.BadRequest, "E201");

            var send = await service.GenerateAsync(address);

            LoyalifeService.AssertRefused(send, HttpStatusCode.TooManyRequests, "E202");
            Assert.Equal("86400", send.Header("Retry-After"));
        }
    }

    [Fact]
    public async Task Nothing_is_sent()
    {
        var stranger = TestGateway.NewTarget();

        LoyalifeService.AssertDone(await _service.GenerateAsync(stranger));
        LoyalifeService.AssertDone(await _service.GenerateAsync(stranger, suffix: LoyalifeService.ByReference));

        Assert.Null(await _service.LatestCodeAsync(stranger));
    }

    [Fact]
    public async Task Address_itself_keeps_its_windows_and_codes()
    {
        var stranger = TestGateway.NewTarget();
        var code = await _service.Gateway.SendCodeAsync(stranger, LoyalifeService.Client);
        for (var i = 0; i < 5; i++)
        {
            LoyalifeService.AssertDone(await _service.GenerateAsync(stranger, "NONE"));
        }

        LoyalifeService.AssertRefused(await _service.VerifyAsync(stranger, code, "NONE"), HttpStatusCode.BadRequest, "E201");
        Assert.Equal(HttpStatusCode.OK, (await _service.Gateway.VerifyAsync(stranger, code, LoyalifeService.Client)).Status);
        Assert.Equal("\"hour\";r=3;t=3600", (await _service.Gateway.SendAsync(stranger, LoyalifeService.Client)).Header("RateLimit"));
    }

    [Fact]
    public async Task Program_may_let_anyone_have_a_code()
    {
        var stranger = TestGateway.NewTarget();

        var code = await _service.SendCodeAsync(stranger, stranger, client: LoyalifeService.OpenClient);

        LoyalifeService.AssertDone(await _service.VerifyAsync(stranger, code, client: LoyalifeService.OpenClient));
    }

    [Fact]
    public async Task Program_that_lets_anyone_have_a_code_sends_none_to_an_unknown_reference()
    {
        var stranger = TestGateway.NewTarget();

        LoyalifeService.AssertDone(
            await _service.GenerateAsync(stranger, client: LoyalifeService.OpenClient, suffix: LoyalifeService.ByReference));

        Assert.Null(await _service.LatestCodeAsync(stranger));
    }

    // Six sends and four wrong guesses: status, body and headers of each.
    private async Task<List<string>> TellAsync(string whom, string suffix)
    {
        var answers = new List<Answer>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await _service.GenerateAsync(whom, suffix: suffix));
        }

        // The one in a million that is right would be no difference to complain of.
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await _service.VerifyAsync(whom, "123456", "TwoFA", suffix: suffix));
        }

        return [.. answers.Select(Describe)];
    }

    private static string Describe(Answer answer) => string.Join(
        '\n',
        answer.Headers.Where(h => !Varying.Contains(h.Key, StringComparer.OrdinalIgnoreCase)).OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {h.Value}")
            .Prepend($"{answer.Status}")
            .Append(answer.Body));
}
