using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Http;

/// <summary>Bodies at fault are answered with 422 and pydantic v2's description of every fault.</summary>
public sealed class ValidationTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task No_body_is_missing_as_a_whole()
    {
        var answer = await _gateway.PostAsync(TestGateway.SendPath, content: null, await _gateway.TokenAsync());

        AssertFaults(answer, """{"type":"missing","loc":["body"],"msg":"Field required","input":null}""");
    }

    [Fact]
    public async Task Null_body_is_missing_as_a_whole() =>
        AssertFaults(await SendAsync("null"), """{"type":"missing","loc":["body"],"msg":"Field required","input":null}""");

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("true")]
    public async Task Body_that_is_no_object_is_told_so(string body) => AssertFaults(
        await SendAsync(body),
        $$"""{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":{{body}}}""");

    [Theory]
    [InlineData("not json", 1)]
    [InlineData("{\"target\":}", 10)]
    [InlineData("{\"target\":\"a\"", 13)]
    [InlineData("{\"tärget\":\n\"a\",}", 15)]
    [InlineData("{'target':'a'}", 1)]
    [InlineData("{} {}", 3)]
    [InlineData("{\"target\":\"a\u0001\"}", 12)]
    [InlineData("   ", 3)]
    public async Task Body_that_is_not_json_is_told_where_it_fails(string body, int offset)
    {
        var answer = await SendAsync(body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var fault = Assert.Single(answer.Json.GetProperty("detail").EnumerateArray());
        Assert.Equal("json_invalid", fault.GetProperty("type").GetString());
        Assert.Equal("JSON decode error", fault.GetProperty("msg").GetString());
        Assert.Equal("body", fault.GetProperty("loc")[0].GetString());
        Assert.Equal(offset, fault.GetProperty("loc")[1].GetInt32());
        Assert.Equal("{}", fault.GetProperty("input").GetRawText());
        Assert.NotEmpty(fault.GetProperty("ctx").GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task Nesting_beyond_reason_is_not_json()
    {
        var answer = await SendAsync(new string('[', 8000));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task Missing_member_is_told_with_the_whole_object() => AssertFaults(
        await SendAsync("""{"other":1}"""),
        """{"type":"missing","loc":["body","target"],"msg":"Field required","input":{"other":1}}""");

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("""{"a":"b"}""")]
    public async Task Member_that_is_no_text_is_told_so(string value) => AssertFaults(
        await SendAsync($$"""{"target":{{value}}}"""),
        $$"""{"type":"string_type","loc":["body","target"],"msg":"Input should be a valid string","input":{{value}}}""");

    [Fact]
    public async Task Empty_text_is_too_short() => AssertFaults(
        await SendAsync("""{"target":""}"""),
        """{"type":"string_too_short","loc":["body","target"],"msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}}""");

    [Fact]
    public async Task Text_of_256_characters_is_too_long()
    {
        var text = new string('a', 256);

        AssertFaults(
            await SendAsync($$"""{"target":"{{text}}"}"""),
            $$$"""{"type":"string_too_long","loc":["body","target"],"msg":"String should have at most 255 characters","input":"{{{text}}}","ctx":{"max_length":255}}""");
    }

    [Fact]
    public async Task Lengths_count_characters_beyond_the_basic_plane_once()
    {
        var accepted = await SendAsync($$"""{"target":"{{string.Concat(Enumerable.Repeat("😀", 255))}}"}""");
        var refused = await SendAsync($$"""{"target":"{{string.Concat(Enumerable.Repeat("😀", 256))}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, accepted.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
    }

    [Theory]
    [InlineData(@"""\ud800""")]
    [InlineData(@"""a\udc00b@example.com""")]
    public async Task Lone_surrogate_is_no_unicode_text(string value) => AssertFaults(
        await SendAsync($$"""{"target":{{value}}}"""),
        $$"""{"type":"string_unicode","loc":["body","target"],"msg":"Input should be a valid string, unable to parse raw data as a unicode string","input":{{value}}}""");

    [Fact]
    public async Task Lone_surrogate_in_a_members_name_is_no_json()
    {
        var answer = await SendAsync("""{"ä":1,"t\ud800":2,"target":"a@example.com"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var fault = Assert.Single(answer.Json.GetProperty("detail").EnumerateArray());
        Assert.Equal("json_invalid", fault.GetProperty("type").GetString());
        Assert.Equal(8, fault.GetProperty("loc")[1].GetInt32());
    }

    [Fact]
    public async Task Escapes_in_a_members_name_are_read()
    {
        var answer = await SendAsync($$"""{"\u0074arget":"{{TestGateway.NewTarget()}}"}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("")]
    [InlineData("12345a")]
    [InlineData("12345 ")]
    [InlineData("١٢٣٤٥")]
    [InlineData("-12345")]
    [InlineData("123,456")]
    [InlineData("+123456")]
    [InlineData("1234567 8")]
    public async Task Code_that_is_not_six_digits_does_not_match(string code) => AssertFaults(
        await VerifyAsync($$"""{"target":"a@example.com","code":"{{code}}"}"""),
        $$$"""{"type":"string_pattern_mismatch","loc":["body","code"],"msg":"String should match pattern '^\\d{6}$'","input":"{{{code}}}","ctx":{"pattern":"^\\d{6}$"}}""");

    [Fact]
    public async Task Code_with_a_line_break_in_it_does_not_match()
    {
        var answer = await VerifyAsync("""{"target":"a@example.com","code":"123\n456"}""");

        Assert.Equal("string_pattern_mismatch", answer.Json.GetProperty("detail")[0].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("null")]
    public async Task Code_that_is_no_text_is_told_so(string code) => AssertFaults(
        await VerifyAsync($$"""{"target":"a@example.com","code":{{code}}}"""),
        $$"""{"type":"string_type","loc":["body","code"],"msg":"Input should be a valid string","input":{{code}}}""");

    [Fact]
    public async Task All_faults_are_told_at_once_in_the_order_of_the_fields() => AssertFaults(
        await VerifyAsync($$"""{"name":"{{new string('n', 256)}}","code":7}"""),
        $$$"""{"type":"missing","loc":["body","target"],"msg":"Field required","input":{"name":"{{{new string('n', 256)}}}","code":7}}""",
        """{"type":"string_type","loc":["body","code"],"msg":"Input should be a valid string","input":7}""",
        $$$"""{"type":"string_too_long","loc":["body","name"],"msg":"String should have at most 255 characters","input":"{{{new string('n', 256)}}}","ctx":{"max_length":255}}""");

    [Theory]
    [InlineData("""{"sessionToken":""}""", "string_too_short")]
    [InlineData("""{"sessionToken":null}""", "string_type")]
    [InlineData("{}", "missing")]
    public async Task Session_token_is_checked(string body, string type)
    {
        var answer = await _gateway.PostAsync(TestGateway.SessionPath, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(type, answer.Json.GetProperty("detail")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Session_token_of_129_characters_is_too_long()
    {
        var answer = await _gateway.PostAsync(TestGateway.SessionPath, $$"""{"sessionToken":"{{new string('t', 129)}}"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(128, answer.Json.GetProperty("detail")[0].GetProperty("ctx").GetProperty("max_length").GetInt32());
    }

    [Fact]
    public async Task Unknown_members_are_ignored_and_the_last_of_two_counts()
    {
        var answer = await SendAsync($$"""{"target":5,"colour":{"a":[1]},"target":"{{TestGateway.NewTarget()}}"}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    private static void AssertFaults(Answer answer, params string[] faults)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal($$"""{"detail":[{{string.Join(',', faults)}}]}""", answer.Body);
    }

    private Task<Answer> SendAsync(string body) => _gateway.PostAsync(TestGateway.SendPath, body);

    private Task<Answer> VerifyAsync(string body) => _gateway.PostAsync(TestGateway.VerifyPath, body);
}
