using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>
/// A gateway with programs that have numbers: <c>7</c> (region GB; clients <c>seven</c>, <c>seven-admin</c>), <c>8</c>
/// (client <c>eight</c>; anyone may get a code), <c>9</c> (client <c>nine</c>; codes of 4 digits, 1,000 an hour).
/// </summary>
public sealed class LoyalifeService : IAsyncDisposable
{
    public const string Client = "seven";
    public const string Admin = "seven-admin";
    public const string OpenClient = "eight";
    public const string OpenAdmin = "eight-admin";
    public const string ShortClient = "nine";
    public const string ShortAdmin = "nine-admin";
    public const string TokenPath = "/lbms-ingress/oauth/api/Auth/Token";
    public const string GeneratePath = "/lbms-ingress/member/api/Member/GenerateOTP";
    public const string VerifyPath = "/lbms-ingress/member/api/Member/VerifyOTP";
    public const string ByReference = "ByRelationReference";

    private static readonly Dictionary<string, int> Programs = new(StringComparer.Ordinal)
    {
        [Client] = 7,
        [Admin] = 7,
        [OpenClient] = 8,
        [OpenAdmin] = 8,
        [ShortClient] = 9,
        [ShortAdmin] = 9,
    };

    private LoyalifeService(TestGateway gateway) => Gateway = gateway;

    public static TheoryData<string> MemberCalls =>
        [GeneratePath, GeneratePath + ByReference, VerifyPath, VerifyPath + ByReference];

    public TestGateway Gateway { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LoyalifeService> StartAsync(
        Dictionary<string, string>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Otp:Programs:7:DefaultRegion"] = "GB",
            ["Otp:Programs:8:AllowUnregistered"] = "true",
            ["Otp:Programs:9:Policy:Length"] = "4",
            ["Otp:Programs:9:Policy:Windows:0:Name"] = "hour",
            ["Otp:Programs:9:Policy:Windows:0:Limit"] = "1000",
            ["Otp:Programs:9:Policy:Windows:0:Period"] = "01:00:00",
        };
        foreach (var (client, program) in Programs)
        {
            all[$"Otp:Programs:{program}:Clients:{client}:SecretHashes:0"] = TestGateway.HashOf(TestGateway.Secret);
            all[$"Otp:Programs:{program}:Clients:{client}:Roles:0"] = client.EndsWith("-admin", StringComparison.Ordinal) ? "admin" : "otp";
        }

        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        return new LoyalifeService(await TestGateway.StartAsync(all, configure));
    }

    public static string NewReference() => $"CID-{RandomNumberGenerator.GetHexString(12)}";

    /// <summary>A generate body with some of its members replaced; null takes one away.</summary>
    public static JsonObject GenerateBody(string reference, int program = 7, params (string Name, JsonNode? Value)[] changes) => With(
        new JsonObject
        {
            ["UniquerefID"] = reference,
            ["SourceAddress"] = "192.168.1.1",
            ["SourceCode"] = 1,
            ["OtpType"] = "LOGIN",
            ["ProgramId"] = program,
            ["RelationType"] = 4,
        },
        changes);

    /// <summary>A verify body with some of its members replaced; null takes one away.</summary>
    public static JsonObject VerifyBody(string reference, long code, int program = 7, params (string Name, JsonNode? Value)[] changes) => With(
        new JsonObject
        {
            ["UniquerefID"] = reference,
            ["OTP"] = code,
            ["DestinationAddress"] = "192.168.1.1",
            ["Destination"] = "Web",
            ["OtpType"] = "LOGIN",
            ["ProgramId"] = program,
            ["RelationType"] = 4,
        },
        changes);

    public Task<Answer> GenerateAsync(
        string reference, string type = "LOGIN", string client = Client, string suffix = "", string? token = null, string? key = null) =>
        PostAsync(GeneratePath + suffix, GenerateBody(reference, Programs[client], ("OtpType", type)), client, token, key);

    public Task<Answer> VerifyAsync(
        string reference, string code, string type = "LOGIN", string client = Client, string suffix = "", string? token = null, string? key = null) =>
        PostAsync(VerifyPath + suffix, VerifyBody(reference, long.Parse(code), Programs[client], ("OtpType", type)), client, token, key);

    public async Task<Answer> PostAsync(string path, JsonNode body, string client = Client, string? token = null, string? key = null)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Gateway.PostAsync(path, content, token ?? await Gateway.TokenAsync(client), key);
    }

    public async Task<Answer> TokenAsync(JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Gateway.PostAsync(TokenPath, content, token: null);
    }

    /// <summary>A token bound to one member.</summary>
    public async Task<string> BoundTokenAsync(string reference, string type = "LOGIN")
    {
        var answer = await TokenAsync(new JsonObject
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Client,
            ["client_secret"] = TestGateway.Secret,
            ["scope"] = new JsonArray(type, reference).ToJsonString(),
        });
        return answer.Json.GetProperty("results").GetProperty("token").GetString()!;
    }

    public async Task<Answer> AdminAsync(HttpMethod method, string path, JsonNode? body = null, string client = Admin, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await Gateway.TokenAsync(client));
        using var response = await Gateway.Http.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> PutMemberAsync(string reference, string? email, string? phone = null, string? channel = null, string client = Admin) =>
        AdminAsync(HttpMethod.Put, $"/admin/members/{Uri.EscapeDataString(reference)}", MemberBody(email, phone, channel), client);

    /// <summary>Registers a new person with an e-mail address.</summary>
    public async Task<(string Reference, string Email)> NewMemberAsync(string client = Admin)
    {
        var (reference, email) = (NewReference(), TestGateway.NewTarget());
        Assert.Equal(HttpStatusCode.Created, (await PutMemberAsync(reference, email, client: client)).Status);
        return (reference, email);
    }

    /// <summary>The latest message to a target; null if it got none.</summary>
    public async Task<string?> LatestCodeAsync(string target)
    {
        foreach (var message in (await Gateway.GetAsync("/dev/inbox")).Json.EnumerateArray())
        {
            if (message.GetProperty("to").GetString() == target)
            {
                return message.GetProperty("code").GetString();
            }
        }

        return null;
    }

    /// <summary>Has a code sent to a member and reads it where it arrives.</summary>
    public async Task<string> SendCodeAsync(string reference, string target, string type = "LOGIN", string client = Client, string suffix = "")
    {
        AssertDone(await GenerateAsync(reference, type, client, suffix));
        return (await LatestCodeAsync(target))!;
    }

    public static void AssertDone(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """{"results":{"IsSucessful":true,"ErrorCode":"000","ExceptionMessage":"Success","ReturnObject":true,"Count":0}}""", answer.Body);
    }

    public static void AssertRefused(Answer answer, HttpStatusCode status, string code, string? part = null)
    {
        Assert.Equal(status, answer.Status);
        var results = answer.Json.GetProperty("results");
        Assert.Equal(
            ["IsSucessful", "ErrorCode", "ExceptionMessage", "ReturnObject", "Count"], results.EnumerateObject().Select(member => member.Name));
        Assert.False(results.GetProperty("IsSucessful").GetBoolean());
        Assert.Equal(code, results.GetProperty("ErrorCode").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, results.GetProperty("ReturnObject").ValueKind);
        Assert.Equal(0, results.GetProperty("Count").GetInt32());
        Assert.Contains(part ?? "", results.GetProperty("ExceptionMessage").GetString(), StringComparison.Ordinal);
        Assert.NotNull(answer.Header("X-Request-Id"));
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    private static JsonObject MemberBody(string? email, string? phone, string? channel)
    {
        var body = new JsonObject();
        foreach (var (name, value) in new[] { ("email", email), ("phone", phone), ("channel", channel) })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        return body;
    }

    private static JsonObject With(JsonObject body, (string Name, JsonNode? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                body.Remove(name);
            }
            else
            {
                body[name] = value;
            }
        }

        return body;
    }
}
