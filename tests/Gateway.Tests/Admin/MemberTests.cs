using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Admin;

public sealed class MemberTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Put_creates_then_replaces_and_get_shows_it()
    {
        var (reference, email) = (LoyalifeService.NewReference(), TestGateway.NewTarget());
        var created = await PutAsync(reference, new() { ["email"] = $" {email.ToUpperInvariant()}", ["phone"] = "020 7946 0018", ["locale"] = "pt-BR" });
        var replaced = await PutAsync(reference, new() { ["email"] = email, ["phone"] = "+442079460019", ["channel"] = "phone" });
        var shown = await _service.AdminAsync(HttpMethod.Get, PathOf(reference));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(
            $$"""{"relationReference":"{{reference}}","email":"{{email}}","phone":"+442079460018","channel":"email","locale":"pt-BR"}""", created.Body);
        Assert.Equal(HttpStatusCode.OK, replaced.Status);
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Equal(
            $$"""{"relationReference":"{{reference}}","email":"{{email}}","phone":"+442079460019","channel":"phone","locale":null}""", shown.Body);
    }

    [Fact]
    public async Task Member_who_is_not_there_is_not_found()
    {
        var answer = await _service.AdminAsync(HttpMethod.Get, PathOf(LoyalifeService.NewReference()));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("""{"detail":"Member not found"}""", answer.Body);
    }

    [Fact]
    public async Task Deleted_member_is_gone_and_the_address_free()
    {
        var (reference, email) = await _service.NewMemberAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await _service.AdminAsync(HttpMethod.Delete, PathOf(reference))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _service.AdminAsync(HttpMethod.Delete, PathOf(reference))).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await _service.AdminAsync(HttpMethod.Get, PathOf(reference))).Status);
        Assert.Equal(HttpStatusCode.Created, (await _service.PutMemberAsync(LoyalifeService.NewReference(), email)).Status);
    }

    [Fact]
    public async Task Address_of_another_member_is_a_conflict_and_changes_nothing()
    {
        var (_, email) = await _service.NewMemberAsync();
        var (other, otherEmail) = await _service.NewMemberAsync();

        var answer = await _service.PutMemberAsync(other, email);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("""{"detail":"The e-mail address belongs to another member"}""", answer.Body);
        Assert.Equal(otherEmail, (await _service.AdminAsync(HttpMethod.Get, PathOf(other))).Text("email"));
    }

    [Fact]
    public async Task Address_is_free_for_members_of_another_program()
    {
        var (_, email) = await _service.NewMemberAsync();

        Assert.Equal(
            HttpStatusCode.Created, (await _service.PutMemberAsync(LoyalifeService.NewReference(), email, client: LoyalifeService.OpenAdmin)).Status);
    }

    [Fact]
    public async Task Of_sixteen_members_who_want_one_address_one_gets_it()
    {
        var email = TestGateway.NewTarget();
        await _service.Gateway.TokenAsync(LoyalifeService.Admin);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => _service.PutMemberAsync(LoyalifeService.NewReference(), email)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(a => a.Status == HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a b+c")]
    [InlineData("ünïcode-会員")]
    [InlineData("a?b#c&d")]
    [InlineData("..")]
    public async Task Reference_of_any_characters_is_addressed(string kind)
    {
        var reference = $"{LoyalifeService.NewReference()}{kind}{LoyalifeService.NewReference()}";
        var created = await _service.PutMemberAsync(reference, TestGateway.NewTarget());

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(reference, created.Text("relationReference"));
        Assert.Equal(reference, (await _service.AdminAsync(HttpMethod.Get, PathOf(reference))).Text("relationReference"));
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("a%00b")]
    [InlineData("a%0Ab")]
    public async Task Malformed_reference_is_refused(string segment)
    {
        var answer = await _service.AdminAsync(HttpMethod.Get, $"/admin/members/{segment}");

        Assert.InRange((int)answer.Status, 400, 422);
        Assert.True(answer.Body.Length == 0 || answer.Json.TryGetProperty("detail", out _));
    }

    [Theory]
    [InlineData("{}", "email", "missing")]
    [InlineData("""{"email":null,"phone":null}""", "email", "missing")]
    [InlineData("""{"email":5}""", "email", "string_type")]
    [InlineData("""{"email":""}""", "email", "string_too_short")]
    [InlineData("""{"email":"jane"}""", "email", "value_error")]
    [InlineData("""{"email":"+442079460018"}""", "email", "value_error")]
    [InlineData("""{"phone":"a@example.com"}""", "phone", "value_error")]
    [InlineData("""{"phone":"12"}""", "phone", "value_error")]
    [InlineData("""{"email":"a@example.com","channel":"phone"}""", "phone", "missing")]
    [InlineData("""{"phone":"+442079460018","channel":"email"}""", "email", "missing")]
    [InlineData("""{"email":"a@example.com","channel":"pigeon"}""", "channel", "enum")]
    [InlineData("""{"email":"a@example.com","locale":"pt_BR"}""", "locale", "value_error")]
    [InlineData("""{"email":"a@example.com","locale":"pt\n"}""", "locale", "value_error")]
    [InlineData("""{"email":"a@example.com","locale":7}""", "locale", "string_type")]
    public async Task Malformed_member_is_told_where(string body, string member, string type)
    {
        var answer = await PutAsync(LoyalifeService.NewReference(), JsonNode.Parse(body)!.AsObject());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var fault = Assert.Single(answer.Json.GetProperty("detail").EnumerateArray());
        Assert.Equal(["body", member], fault.GetProperty("loc").EnumerateArray().Select(part => part.GetString()));
        Assert.Equal(type, fault.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("{}", "Field required, this or phone")]
    [InlineData("""{"channel":"email"}""", "Field required")]
    public async Task Where_either_address_would_do_the_error_says_so(string body, string message)
    {
        var answer = await PutAsync(LoyalifeService.NewReference(), JsonNode.Parse(body)!.AsObject());

        Assert.Equal(message, answer.Json.GetProperty("detail")[0].GetProperty("msg").GetString());
    }

    private static string PathOf(string reference) => $"/admin/members/{Uri.EscapeDataString(reference)}";

    private Task<Answer> PutAsync(string reference, JsonObject body) => _service.AdminAsync(HttpMethod.Put, PathOf(reference), body);
}
