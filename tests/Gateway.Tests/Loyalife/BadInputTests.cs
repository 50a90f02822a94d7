using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>What is wrong with a body is 400 with <c>999</c>, and says what and where.</summary>
public sealed class BadInputTests(LoyalifeFixture fixture)
{
    private const int Mutations = 300;

    private readonly LoyalifeService _service = fixture.Service;

    public static TheoryData<string> Calls => [.. LoyalifeService.MemberCalls.Select(row => row.Data), LoyalifeService.TokenPath];

    public static TheoryData<string> GenerateMembers => ["UniquerefID", "OtpType", "ProgramId", "RelationType"];

    public static TheoryData<string> VerifyMembers => ["UniquerefID", "OTP", "OtpType", "ProgramId", "RelationType"];

    [Theory]
    [MemberData(nameof(GenerateMembers))]
    public async Task Missing_member_of_a_generate_is_named(string name)
    {
        foreach (var path in new[] { LoyalifeService.GeneratePath, LoyalifeService.GeneratePath + LoyalifeService.ByReference })
        {
            AssertMalformed(await _service.PostAsync(path, LoyalifeService.GenerateBody("a@example.com", 7, (name, null))), $"{name}: Field required");
        }
    }

    [Theory]
    [MemberData(nameof(VerifyMembers))]
    public async Task Missing_member_of_a_verify_is_named(string name)
    {
        foreach (var path in new[] { LoyalifeService.VerifyPath, LoyalifeService.VerifyPath + LoyalifeService.ByReference })
        {
            AssertMalformed(await _service.PostAsync(path, LoyalifeService.VerifyBody("a@example.com", 1, 7, (name, null))), $"{name}: Field required");
        }
    }

    [Theory]
    [InlineData("UniquerefID", "5", "UniquerefID: Input should be a valid string")]
    [InlineData("UniquerefID", "\"\"", "UniquerefID: String should have at least 1 character")]
    [InlineData("UniquerefID", "\"jane\"", "UniquerefID: Value error, not an e-mail address")]
    [InlineData("UniquerefID", "\"+442079460018\"", "UniquerefID: Value error, not an e-mail address")]
    [InlineData("UniquerefID", "\"a@b@c\"", "UniquerefID: Value error, not an e-mail address")]
    [InlineData("SourceAddress", "1", "SourceAddress: Input should be a valid string")]
    [InlineData("SourceCode", "0", "SourceCode: Input should be greater than or equal to 1")]
    [InlineData("SourceCode", "5", "SourceCode: Input should be less than or equal to 4")]
    [InlineData("SourceCode", "9", "SourceCode: Input should be less than or equal to 4")]
    [InlineData("SourceCode", "\"1\"", "SourceCode: Input should be a valid integer")]
    [InlineData("SourceCode", "1.5", "SourceCode: Input should be a valid integer")]
    [InlineData("OtpType", "false", "OtpType: Input should be a valid string")]
    [InlineData("OtpType", "\"UNKNOWN\"", "OtpType: Input should be 'ACTIVATION'")]
    [InlineData("ProgramId", "\"7\"", "ProgramId: Input should be a valid integer")]
    [InlineData("ProgramId", "7.0", "ProgramId: Input should be a valid integer")]
    [InlineData("ProgramId", "-7", "ProgramId: Input should be greater than or equal to 0")]
    [InlineData("RelationType", "5", "RelationType: Input should be 4")]
    [InlineData("RelationType", "\"4\"", "RelationType: Input should be a valid integer")]
    public async Task Member_at_fault_is_named(string name, string json, string fault) => AssertMalformed(
        await _service.PostAsync(LoyalifeService.GeneratePath, LoyalifeService.GenerateBody("a@example.com", 7, (name, JsonNode.Parse(json)))), fault);

    [Theory]
    [InlineData("Destination", "\"web\"", "Destination: Input should be 'Web' or 'Mobile'")]
    [InlineData("Destination", "1", "Destination: Input should be a valid string")]
    [InlineData("DestinationAddress", "7", "DestinationAddress: Input should be a valid string")]
    public async Task Member_of_a_verify_at_fault_is_named(string name, string json, string fault) => AssertMalformed(
        await _service.PostAsync(LoyalifeService.VerifyPath, LoyalifeService.VerifyBody("a@example.com", 1, 7, (name, JsonNode.Parse(json)))), fault);

    [Theory]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("203.0.113.7:51234")]
    [InlineData("[2001:db8::1]:51234")]
    [InlineData("fe80::1%eth0")]
    [InlineData("203.0.113.7, 10.0.0.1")]
    [InlineData("localhost")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Address_of_a_system_is_whatever_a_caller_has(string? address)
    {
        var (_, email) = await _service.NewMemberAsync();
        LoyalifeService.AssertDone(await _service.PostAsync(
            LoyalifeService.GeneratePath, LoyalifeService.GenerateBody(email, 7, ("SourceAddress", address))));
        var code = await _service.LatestCodeAsync(email);

        LoyalifeService.AssertDone(await _service.PostAsync(
            LoyalifeService.VerifyPath, LoyalifeService.VerifyBody(email, long.Parse(code!), 7, ("DestinationAddress", address))));
    }

    [Fact]
    public async Task What_says_nothing_that_decides_anything_may_be_absent_or_null()
    {
        var (_, email) = await _service.NewMemberAsync();
        var generate = LoyalifeService.GenerateBody(email, 7, ("SourceAddress", null), ("SourceCode", null));
        LoyalifeService.AssertDone(await _service.PostAsync(LoyalifeService.GeneratePath, generate));
        generate["SourceAddress"] = generate["SourceCode"] = null;
        LoyalifeService.AssertDone(await _service.PostAsync(LoyalifeService.GeneratePath, generate));

        var code = long.Parse((await _service.LatestCodeAsync(email))!);
        var verify = LoyalifeService.VerifyBody(email, code, 7, ("DestinationAddress", null), ("Destination", null));
        LoyalifeService.AssertDone(await _service.PostAsync(LoyalifeService.VerifyPath, verify));
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("a\tb")]
    public async Task RelationReference_at_fault_is_named(string reference) => AssertMalformed(
        await _service.GenerateAsync(reference, suffix: LoyalifeService.ByReference), "UniquerefID: Value error, not a RelationReference");

    [Theory]
    [InlineData("shop")]
    [InlineData("7a")]
    [InlineData("-7")]
    public async Task Client_of_a_program_without_a_number_is_told_why_no_ProgramId_is_right(string program)
    {
        await using var service = await LoyalifeService.StartAsync(new()
        {
            [$"Otp:Programs:{program}:Clients:nameless:SecretHashes:0"] = TestGateway.SecretHash,
            [$"Otp:Programs:{program}:Clients:nameless:Roles:0"] = "otp",
        });

        LoyalifeService.AssertRefused(
            await service.PostAsync(LoyalifeService.GeneratePath, LoyalifeService.GenerateBody("a@example.com"), "nameless"),
            HttpStatusCode.Forbidden,
            "E104",
            "id is no number");
    }

    [Fact]
    public async Task Number_of_a_program_may_be_written_with_zeros_before_it()
    {
        await using var service = await LoyalifeService.StartAsync(new()
        {
            ["Otp:Programs:007:AllowUnregistered"] = "true",
            ["Otp:Programs:007:Clients:bond:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:007:Clients:bond:Roles:0"] = "otp",
        });

        LoyalifeService.AssertDone(await service.PostAsync(LoyalifeService.GeneratePath, LoyalifeService.GenerateBody("a@example.com"), "bond"));
    }

    [Fact]
    public async Task RelationReference_of_256_characters_is_too_long() => AssertMalformed(
        await _service.GenerateAsync(new string('r', 256), suffix: LoyalifeService.ByReference), "UniquerefID: String should have at most 255 characters");

    [Theory]
    [InlineData(8)]
    [InlineData(19)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task Foreign_ProgramId_is_forbidden(long program) => LoyalifeService.AssertRefused(
        await _service.PostAsync(LoyalifeService.GeneratePath, LoyalifeService.GenerateBody("a@example.com", 7, ("ProgramId", program))),
        HttpStatusCode.Forbidden,
        "E104");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"UniquerefID\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task Body_that_is_no_object_is_malformed(string body)
    {
        foreach (var path in Calls.Select(row => row.Data))
        {
            AssertMalformed(await _service.Gateway.PostAsync(path, body, LoyalifeService.Client), "Bad request: ");
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Mangled_bodies_are_never_a_fault_of_the_service(string path)
    {
        var seed = System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
#pragma warning disable RS0030 // The seed is printed.
        var random = new Random(seed);
#pragma warning restore RS0030
        for (var i = 0; i < Mutations; i++)
        {
            using var content = new ByteArrayContent(Mangle(BodyOf(path), random));
            content.Headers.ContentType = new("application/json");

            var answer = await _service.Gateway.PostAsync(path, content, await _service.Gateway.TokenAsync(LoyalifeService.Client));

            Assert.InRange((int)answer.Status, 200, 499);
            Assert.True(answer.Json.TryGetProperty("results", out _));
        }
    }

    private static string BodyOf(string path) => path switch
    {
        LoyalifeService.TokenPath => """{"grant_type":"client_credentials","client_id":"nobody","client_secret":"","scope":"[\"LOGIN\",\"CID\"]"}""",
        _ when path.StartsWith(LoyalifeService.GeneratePath, StringComparison.Ordinal) =>
            LoyalifeService.GenerateBody("mangled@example.com").ToJsonString(),
        _ => LoyalifeService.VerifyBody("mangled@example.com", 123456).ToJsonString(),
    };

    // Bytes overwritten, taken out, doubled, or the whole cut short.
    private static byte[] Mangle(string body, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(body).ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.Skip(at).Take(random.Next(1, 20)).ToList());
                    break;
                default:
                    bytes[at] = (byte)"{}[]\",:0-9eE.\\"[random.Next(14)];
                    break;
            }
        }

        return [.. bytes];
    }

    private static void AssertMalformed(Answer answer, string fault) =>
        LoyalifeService.AssertRefused(answer, HttpStatusCode.BadRequest, "999", fault);
}
