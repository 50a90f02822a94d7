using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Programs;

/// <summary>A real file, a real gateway and real HTTP: what changes in the one shows in the other, and nothing else does.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string App = "app";
    private const string Other = "other";

    private readonly SettingsFile _file = new();
    private readonly JsonObject _client = SettingsFile.Client("old secret");
    private readonly JsonObject _other = SettingsFile.Client("other secret");
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        Write();
        _gateway = await _file.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Removed_secret_ends_the_tokens_issued_for_it_and_no_others()
    {
        var old = await TokenAsync(App, "old secret");
        Secrets("old secret", "new secret");
        await UntilAsync(async () => (await _gateway.TryTokenAsync(App, "new secret")).Status == HttpStatusCode.OK);
        var renewed = await TokenAsync(App, "new secret");
        Assert.Equal(HttpStatusCode.OK, await SendAsync(old));

        _client["SecretHashes"]!.AsArray().RemoveAt(0);
        Write();

        await UntilAsync(async () => await SendAsync(old) == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(renewed));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _gateway.TryTokenAsync(App, "old secret")).Status);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(await TokenAsync(Other, "other secret")));
    }

    [Fact]
    public async Task Roles_are_those_of_the_settings_and_not_of_the_token()
    {
        var token = await TokenAsync(App, "old secret");
        _client["Roles"] = new JsonArray("admin");
        Write();
        await UntilAsync(async () => await SendAsync(token) == HttpStatusCode.Forbidden);

        _client["Roles"] = new JsonArray("otp");
        Write();

        await UntilAsync(async () => await SendAsync(token) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Client_that_moves_to_another_program_needs_a_new_token()
    {
        var token = await TokenAsync(App, "old secret");
        var moved = (JsonObject)_client.DeepClone();
        _file.Write(new JsonObject { ["p"] = new JsonObject(), ["q"] = new JsonObject { ["Clients"] = new JsonObject { [App] = moved } } });

        await UntilAsync(async () => await SendAsync(token) == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(await TokenAsync(App, "old secret")));
    }

    [Fact]
    public async Task Faulty_file_changes_nothing_and_is_logged_as_one_error()
    {
        var token = await TokenAsync(App, "old secret");
        Write(policy: new JsonObject { ["Length"] = 3, ["Lifetme"] = "00:01:00" });

        await UntilAsync(() => Task.FromResult(Errors().Any()));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(token));
        var error = Errors().First();
        Assert.Contains("Otp:Programs:p:Policy:Length", error, StringComparison.Ordinal);
        Assert.Contains("Otp:Programs:p:Policy:Lifetme", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_request_fails_while_a_secret_is_rotated_and_a_policy_edited()
    {
        var token = await TokenAsync(Other, "other secret");
        var before = await TokenAsync(App, "old secret");
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(token, stop.Token)).ToList();

        Secrets("old secret", "new secret");
        await UntilAsync(async () => (await _gateway.TryTokenAsync(App, "new secret")).Status == HttpStatusCode.OK);
        _client["SecretHashes"]!.AsArray().RemoveAt(0);
        Write(policy: new JsonObject { ["Attempts"] = 5, ["Windows"] = new JsonArray(new JsonObject { ["Name"] = "minute", ["Limit"] = 9, ["Period"] = "00:01:00" }) });
        await UntilAsync(async () => await SendAsync(before) == HttpStatusCode.Unauthorized);
        await stop.CancelAsync();

        var rounds = await Task.WhenAll(load);
        Assert.All(rounds, count => Assert.True(count > 0));
        var sent = await PostAsync(TestGateway.SendPath, token, new JsonObject { ["target"] = TestGateway.NewTarget() });
        Assert.Equal("\"minute\";q=9;w=60", sent.Header("RateLimit-Policy"));
    }

    // A send and a right verify each round; the answer is how many rounds there were.
    private async Task<int> LoadAsync(string token, CancellationToken stop)
    {
        var rounds = 0;
        for (; !stop.IsCancellationRequested; rounds++)
        {
            var target = TestGateway.NewTarget();
            var sent = await PostAsync(TestGateway.SendPath, token, new JsonObject { ["target"] = target });
            Assert.Equal(HttpStatusCode.OK, sent.Status);
            var code = sent.Text("mockCode");
            var verified = await PostAsync(TestGateway.VerifyPath, token, new JsonObject { ["target"] = target, ["code"] = code });
            Assert.Equal(HttpStatusCode.OK, verified.Status);
        }

        return rounds;
    }

    private IEnumerable<string> Errors() => _gateway.Logs.Lines.Where(line => line.StartsWith("Error Otp.Programs.ProgramReload 1002 ", StringComparison.Ordinal));

    private void Secrets(params string[] secrets)
    {
        var hashes = SettingsFile.Client(secrets)["SecretHashes"]!.AsArray();
        hashes[0] = _client["SecretHashes"]![0]!.DeepClone();
        _client["SecretHashes"] = hashes.DeepClone();
        Write();
    }

    private void Write(JsonObject? policy = null) => _file.Write(new JsonObject
    {
        ["p"] = new JsonObject
        {
            ["Policy"] = policy ?? [],
            ["Clients"] = new JsonObject { [App] = _client.DeepClone(), [Other] = _other.DeepClone() },
        },
    });

    private Task UntilAsync(Func<Task<bool>> condition) => SettingsFile.UntilAsync(_gateway, condition);

    private async Task<string> TokenAsync(string client, string secret) => (await _gateway.TryTokenAsync(client, secret)).Text("accessToken");

    private async Task<HttpStatusCode> SendAsync(string token) =>
        (await PostAsync(TestGateway.SendPath, token, new JsonObject { ["target"] = TestGateway.NewTarget() })).Status;

    private async Task<Answer> PostAsync(string path, string token, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await _gateway.PostAsync(path, content, token);
    }
}
