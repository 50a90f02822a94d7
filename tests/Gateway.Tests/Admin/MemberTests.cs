using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;
using Otp.Members;
using Otp.Storage;

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
    [InlineData("pt_BR", "pt-BR")]
    [InlineData("zh_Hant_TW", "zh-Hant-TW")]
    [InlineData(" \u200Ept-BR\u00A0", "pt-BR")]
    [InlineData("ｐｔ＿ＢＲ", "pt-BR")]
    public async Task Locale_is_read_as_people_and_systems_write_it(string written, string locale)
    {
        var answer = await PutAsync(LoyalifeService.NewReference(), new() { ["email"] = TestGateway.NewTarget(), ["locale"] = written });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(locale, answer.Text("locale"));
    }

    [Fact]
    public async Task Reference_that_was_pasted_is_read_as_it_is_seen()
    {
        var (reference, email) = await _service.NewMemberAsync();
        var pasted = $"\u202A{reference[..3]}\u200B{reference[3..]}\u00A0";

        Assert.Equal(email, (await _service.AdminAsync(HttpMethod.Get, PathOf(pasted))).Text("email"));
        LoyalifeService.AssertDone(await _service.GenerateAsync(pasted, suffix: LoyalifeService.ByReference, token: await _service.BoundTokenAsync(pasted)));
        Assert.NotNull(await _service.LatestCodeAsync(email));
    }

    [Fact]
    public async Task Address_of_a_member_who_is_asked_for_by_reference_alone_is_nobody_elses()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:MemberRetention"] = "1.00:00:00" });
        var (reference, email) = await service.NewMemberAsync();
        for (var i = 0; i < 20; i++)
        {
            service.Gateway.Time.Advance(TimeSpan.FromHours(4));
            await service.VerifyAsync(reference, "123456", suffix: LoyalifeService.ByReference);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await service.PutMemberAsync(LoyalifeService.NewReference(), email)).Status);
    }

    [Fact]
    public async Task Change_that_was_lost_and_made_again_leaves_no_record_of_the_old_address()
    {
        var loss = new LosingFilter();
        await using var service = await LoyalifeService.StartAsync(configure: builder => builder.Services.AddSingleton<IOutgoingGrainCallFilter>(loss));
        var records = service.Gateway.Services.GetRequiredService<EmbeddedRecords>();
        var (reference, _) = await service.NewMemberAsync();
        var before = records.Count;

        loss.LoseNext(nameof(IMemberEmailGrain.Assign));
        Assert.Equal(HttpStatusCode.OK, (await service.PutMemberAsync(reference, TestGateway.NewTarget())).Status);
        Assert.Equal(before, records.Count);

        loss.LoseNext(nameof(IMemberGrain.Delete));
        Assert.Equal(HttpStatusCode.NoContent, (await service.AdminAsync(HttpMethod.Delete, PathOf(reference))).Status);
        Assert.Equal(before - 2, records.Count);
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
    [InlineData("""{"email":"a@example.com","locale":"pt BR"}""", "locale", "value_error")]
    [InlineData("""{"email":"a@example.com","locale":"pt\nBR"}""", "locale", "value_error")]
    [InlineData("""{"email":"a@example.com","locale":"_BR"}""", "locale", "value_error")]
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

    /// <summary>Loses the answer of a call that was carried out, as when its silo dies before it answers.</summary>
    private sealed class LosingFilter : IOutgoingGrainCallFilter
    {
        private string? _method;

        public void LoseNext(string method) => _method = method;

        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == _method && Interlocked.Exchange(ref _method, null) is not null)
            {
                throw new TimeoutException("The answer is lost.");
            }
        }
    }

    private static string PathOf(string reference) => $"/admin/members/{Uri.EscapeDataString(reference)}";

    private Task<Answer> PutAsync(string reference, JsonObject body) => _service.AdminAsync(HttpMethod.Put, PathOf(reference), body);
}
