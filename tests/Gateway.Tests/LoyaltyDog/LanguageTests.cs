using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary><c>Accept-Language</c> of a send chooses the language of its message.</summary>
public sealed class LanguageTests(LanguageTests.Service service) : IClassFixture<LanguageTests.Service>
{
    private readonly TestGateway _gateway = service.Gateway;

    [Theory]
    [InlineData("pt-BR", "pt")]
    [InlineData("pt", "pt")]
    [InlineData("PT_br", "pt")]
    [InlineData("pt-BR, de;q=0.9", "pt")]
    [InlineData("de;q=0.2, pt-BR;q=0.5", "pt")]
    [InlineData("fr, en-GB;q=0.9, pt;q=0.1", "pt")]
    [InlineData("fr;q=0.8, de-CH-1996", "de_CH")]
    [InlineData("de-AT", "de")]
    [InlineData("zh-Hant-TW, zh;q=0.5", "zh-Hant")]
    [InlineData("zh-Hant-x-private", "zh-Hant")]
    [InlineData("pt;q=0, de", "de")]
    [InlineData("*, de;q=0.1", "de")]
    [InlineData("de;q=1.0,pt;q=1.000", "de")]
    [InlineData("zh", "default")]
    [InlineData("fr-CA", "default")]
    [InlineData("*", "default")]
    [InlineData("", "default")]
    [InlineData("pt;q=0", "default")]
    [InlineData("not a language, 123, ;q=", "default")]
    public async Task Message_is_in_the_most_preferred_language_that_the_program_has(string header, string subject) =>
        Assert.Equal(subject, await SubjectAsync(header));

    [Fact]
    public async Task Without_the_header_the_message_is_the_programs_default() => Assert.Equal("default", await SubjectAsync());

    [Fact]
    public async Task Several_headers_are_one_list() => Assert.Equal("pt", await SubjectAsync("de;q=0.5", "pt-BR"));

    [Fact]
    public async Task Endless_list_is_read_no_further_than_a_reader_knows_languages() =>
        Assert.Equal("default", await SubjectAsync(string.Join(',', Enumerable.Repeat("fr", 500).Append("pt"))));

    /// <summary>A program whose mails say in their subject for which locale they are.</summary>
    public sealed class Service : IAsyncLifetime
    {
        public TestGateway Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var locale in new[] { "default", "pt", "de", "de_CH", "zh-Hant" })
            {
                settings[$"Otp:Programs:acme:Templates:default:Email:{locale}:Subject"] = locale;
                settings[$"Otp:Programs:acme:Templates:default:Email:{locale}:Text"] = "{{code}}";
            }

            Gateway = await TestGateway.StartAsync(settings);
        }

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }

    private async Task<string> SubjectAsync(params string[] headers)
    {
        var target = TestGateway.NewTarget();
        using var request = new HttpRequestMessage(HttpMethod.Post, TestGateway.SendPath)
        {
            Content = new StringContent($$"""{"target":"{{target}}"}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await _gateway.TokenAsync()) },
        };
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", header);
        }

        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var messages = (await _gateway.GetAsync("/dev/inbox")).Json.EnumerateArray();
        return messages.First(message => message.GetProperty("to").GetString() == target).GetProperty("subject").GetString()!;
    }
}
