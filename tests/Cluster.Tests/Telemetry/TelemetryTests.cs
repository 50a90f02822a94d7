using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Telemetry;

/// <summary>What a gateway and a silo tell a receiver, their logs and the audit of what they do.</summary>
public sealed class TelemetryTests
{
    private const int Server = 2;
    private const int Client = 3;
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string OtherTraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string CallerId = "b7ad6b7169203331";
    private const string Gateway = "orleans-otp-gateway";
    private const string Silo = "orleans-otp-silo";
    private const string Reference = "CANARY-CID-4711";
    private const string Email = "canary.jane@example.com";
    private const string Stranger = "canary.stranger@example.com";
    private const string Phone = "+442079460105";
    private const string Name = "Canary Name";
    private const string WrongSecret = "canary-secret";

    [Fact]
    public async Task One_send_is_one_trace_over_two_processes_and_the_metrics_arrive()
    {
        await using var cluster = await TelemetryCluster.StartAsync("parentbased_always_on");

        var sent = await cluster.PostAsync(TelemetryCluster.SendPath, """{"target":"jane@example.com"}""", $"00-{TraceId}-{CallerId}-01");
        await cluster.PostAsync(TelemetryCluster.VerifyPath, """{"target":"jane@example.com","code":"000000"}""");

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        string[] metrics =
        [
            $"{Gateway} http.server.request.duration", $"{Silo} otp.sends", $"{Silo} otp.verifies", $"{Silo} otp.delivery.duration",
            $"{Silo} otp.storage.duration", $"{Silo} orleans-catalog-activations", $"{Gateway} orleans-app-requests-latency",
        ];
        await TelemetryCluster.UntilAsync(() => metrics.All(cluster.Receiver.Metrics.Contains));
        Assert.Empty(metrics.Except(cluster.Receiver.Metrics, StringComparer.Ordinal));
        Assert.DoesNotContain($"{Gateway} http.server.active_requests", cluster.Receiver.Metrics);

        await TelemetryCluster.UntilAsync(() => IsWhole([.. cluster.Receiver.Spans.Where(span => span.TraceId == TraceId)]));
        var trace = cluster.Receiver.Spans.Where(span => span.TraceId == TraceId).ToArray();
        var http = trace.Single(span => span.Parent == CallerId);
        Assert.Equal((Gateway, $"POST {TelemetryCluster.SendPath}", Server), (http.Service, http.Name, http.Kind));
        Assert.Equal("200", http.Attributes["http.response.status_code"]);

        // The first call compiles as it goes: where its answer is late, the gateway asks again and logs it, and that call only repeats the answer.
        var calling = Children(trace, http, Gateway, "ITargetGrain/Send", Client).ToArray();
        await TelemetryCluster.UntilAsync(() => 1 + Repeats() == calling.Length);
        Assert.Equal(1 + Repeats(), calling.Length);
        var called = calling.Select(call => Assert.Single(Children(trace, call, Silo, "ITargetGrain/Send", Server))).ToArray();
        Assert.All(called, span => Assert.Equal("orleans", span.Attributes["rpc.system.name"]));
        var writing = Assert.Single(called.SelectMany(span => Children(trace, span, Silo, "write target", Client)));
        Assert.Equal("redis", writing.Attributes["db.system.name"]);
        var delivering = Assert.Single(called.SelectMany(span => Children(trace, span, Silo, "deliver inbox", Client)));
        Assert.Equal(writing.Parent, delivering.Parent);
        Assert.All(trace.Where(span => span != http), span => Assert.Contains(trace, parent => parent.Id == span.Parent));

        int Repeats() => cluster.Logs.First().Split('\n').Count(
            line => line.Contains("\"EventId\":3010,", StringComparison.Ordinal) && line.Contains($"\"TraceId\":\"{TraceId}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_is_not_chosen_leaves_no_span_anywhere_and_one_whose_callers_is_recorded_all()
    {
        await using var cluster = await TelemetryCluster.StartAsync("parentbased_always_off");

        await cluster.PostAsync(TelemetryCluster.SendPath, """{"target":"jane@example.com"}""");
        await cluster.PostAsync(TelemetryCluster.SendPath, """{"target":"joe@example.com"}""", $"00-{OtherTraceId}-{CallerId}-00");
        await cluster.PostAsync(TelemetryCluster.SendPath, """{"target":"jim@example.com"}""", $"00-{TraceId}-{CallerId}-01");
        await cluster.StopAsync();

        var spans = cluster.Receiver.Spans.ToArray();
        Assert.True(IsWhole(spans));
        Assert.All(spans, span => Assert.Equal(TraceId, span.TraceId));
    }

    [Fact]
    public async Task A_callers_trace_is_not_followed_unless_the_sampler_is_parent_based_and_spans_hold_nothing_that_a_caller_says()
    {
        await using var cluster = await TelemetryCluster.StartAsync("traceidratio");

        await cluster.PostAsync(TelemetryCluster.SendPath + "?whom=canary", """{"target":"jane@example.com"}""", $"00-{TraceId}-{CallerId}-01");
        await cluster.StopAsync();

        var spans = cluster.Receiver.Spans.ToArray();
        Assert.DoesNotContain(spans, span => span.TraceId == TraceId);
        var http = Assert.Single(spans, span => span.Name == $"POST {TelemetryCluster.SendPath}");
        Assert.Equal(
            ["http.request.method", "http.response.status_code", "http.route", "url.scheme"],
            http.Attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(spans, span => span.TraceId == http.TraceId && span.Service == Silo);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receiver_that_is_away_or_never_answers_is_told_of_and_costs_no_request(bool takesConnections)
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (takesConnections)
        {
            receiver.Listen();
        }

        await using var cluster = await TelemetryCluster.StartAsync(instead: ((IPEndPoint)receiver.LocalEndPoint!).Port);
        async Task SendAsync() => Assert.Equal(
            HttpStatusCode.OK, (await cluster.PostAsync(TelemetryCluster.SendPath, $$"""{"target":"{{Guid.CreateVersion7():n}}@example.com"}""")).Status);

        await SendAsync();
        await TelemetryCluster.UntilAsync(() => cluster.Logs.All(log => log.Contains("\"EventId\":5001,", StringComparison.Ordinal)));
        await SendAsync();

        Assert.All(cluster.Logs, log => Assert.Contains("\"EventId\":5001,", log, StringComparison.Ordinal));
        await cluster.StopAsync();
    }

    [Fact]
    public async Task No_log_span_metric_or_audit_holds_a_code_a_target_a_secret_or_a_members_reference()
    {
        await using var cluster = await TelemetryCluster.StartAsync();
        var (codes, secrets) = await ActAsync(cluster);
        string[] pages =
        [
            (await cluster.RequestAsync(HttpMethod.Get, "/openapi/v1.json")).Body,
            (await cluster.RequestAsync(HttpMethod.Get, "/ops")).Body,
            await cluster.StreamAsync("/ops/stream", events: 2),
        ];
        await cluster.StopAsync();

        var (logs, telemetry, audit) = (cluster.Logs.ToArray(), cluster.Receiver.Everything.ToArray(), cluster.Audit);
        var standing = new Regex($"(?<![0-9a-fA-F.])({string.Join('|', codes)})(?![0-9a-fA-F])", RegexOptions.None, TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(logs.Concat(pages).Concat(audit).SelectMany(text => text.Split('\n')), line => standing.IsMatch(line));
        Assert.DoesNotContain(telemetry, request => codes.Exists(code => request.Contains(code, StringComparison.Ordinal)));
        Assert.DoesNotContain(logs.Concat(telemetry).Concat(audit).SelectMany(text => text.Split('\n')), line => secrets.Exists(IsIn(line)));

        // The document's examples show how the demo client, which only Development has, logs in.
        secrets.Remove(ServiceSettings.ClientSecret);
        Assert.DoesNotContain(pages.SelectMany(text => text.Split('\n')), line => secrets.Exists(IsIn(line)));
        Assert.DoesNotContain(cluster.Receiver.Spans, span => span.Name.StartsWith("GET /ops", StringComparison.Ordinal) || span.Name.Contains("health", StringComparison.Ordinal));
        CheckLogs(logs, cluster.Receiver.Spans);
        CheckAudit(audit);
    }

    private static Predicate<string> IsIn(string line) => secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<ReceivedSpan> Children(ReceivedSpan[] trace, ReceivedSpan parent, string service, string name, int kind) =>
        trace.Where(span => span.Parent == parent.Id && (span.Service, span.Name, span.Kind) == (service, name, kind));

    // Every call there is, with what must not be found in it; answers with the codes and the other secrets that came of them.
    private static async Task<(List<string> Codes, List<string> Secrets)> ActAsync(TelemetryCluster cluster)
    {
        var codes = new List<string>();
        var secrets = new List<string> { "canary.", "2079460105", Name, Reference, WrongSecret, ServiceSettings.ClientSecret, cluster.Token };
        foreach (var target in new[] { Email, Phone })
        {
            var code = Text(await cluster.PostAsync(TelemetryCluster.SendPath, $$"""{"target":"{{target}}"}"""), "mockCode");
            codes.Add(code);
            await cluster.PostAsync(TelemetryCluster.VerifyPath, $$"""{"target":"{{target}}","code":"{{(code[0] == '9' ? '0' : '9') + code[1..]}}"}""");
            var verified = await cluster.PostAsync(TelemetryCluster.VerifyPath, $$"""{"target":"{{target}}","code":"{{code}}","name":"{{Name}}"}""");
            secrets.Add(Text(verified, "sessionToken"));
            await cluster.PostAsync(TelemetryCluster.SessionPath, $$"""{"sessionToken":"{{secrets[^1]}}"}""");
        }

        await cluster.PostAsync(TelemetryCluster.SendPath, $$"""{"target":"{{Email}}@"}""");
        await cluster.PostAsync(TelemetryCluster.SendPath, $$"""{"target":"{{Email}}""");
        await cluster.RequestAsync(HttpMethod.Get, $"/nowhere/{Reference}?whom={Email}");
        await cluster.PostAsync("/lbms-ingress/oauth/api/Auth/Token", Grant(WrongSecret));
        await cluster.PostAsync("/lbms-ingress/oauth/api/Auth/Token", Grant(ServiceSettings.ClientSecret));

        var member = $"/admin/members/{Reference}";
        Assert.Equal(HttpStatusCode.Created, (await cluster.RequestAsync(HttpMethod.Put, member, $$"""{"email":"{{Email}}"}""")).Status);
        await cluster.RequestAsync(HttpMethod.Get, member);
        foreach (var (whom, suffix) in new[] { (Email, ""), (Reference, "ByRelationReference"), (Stranger, "") })
        {
            await cluster.PostAsync($"/lbms-ingress/member/api/Member/GenerateOTP{suffix}", Generate(whom));
            await cluster.PostAsync($"/lbms-ingress/member/api/Member/VerifyOTP{suffix}", Verify(whom));
        }

        using var inbox = JsonDocument.Parse((await cluster.RequestAsync(HttpMethod.Get, "/dev/inbox")).Body);
        codes.AddRange(inbox.RootElement.EnumerateArray().Select(message => message.GetProperty("code").GetString()!));
        foreach (var act in new[] { "inspect", "unlock", "erase" })
        {
            await cluster.PostAsync($"/admin/targets/{act}", $$"""{"target":"{{Email}}"}""");
        }

        await cluster.RequestAsync(HttpMethod.Delete, member);
        return (codes, secrets);
    }

    // Spans end, and arrive, after those within them; but each process sends its own.
    private static bool IsWhole(ReceivedSpan[] trace) => trace.Length >= 5 && Array.Exists(trace, span => span.Parent == CallerId)
        && Array.TrueForAll(trace, span => span.Parent == CallerId || Array.Exists(trace, parent => parent.Id == span.Parent));

    // Lines of one request carry its id and its trace in the gateway, and its trace in the silo.
    private static void CheckLogs(string[] logs, IEnumerable<ReceivedSpan> spans)
    {
        var delivered = logs[1].Split('\n').Last(line => line.Contains("\"EventId\":2001,", StringComparison.Ordinal));
        var trace = Regex.Match(delivered, "(?<=\"TraceId\":\")[0-9a-f]{32}(?=\")", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.Contains(spans, span => span.TraceId == trace && span.Kind == Server && span.Service == Gateway);
        var erased = logs[0].Split('\n').Single(line => line.Contains("Done: erase target", StringComparison.Ordinal));
        Assert.Matches("\"TraceId\":\"[0-9a-f]{32}\".*\"RequestId\":\"[0-9a-f]{32}\"", erased);
    }

    private static void CheckAudit(string[] audit)
    {
        var acts = audit.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var outcomes = acts.Select(act => $"{act.GetProperty("act").GetString()}: {act.GetProperty("outcome").GetString()}").ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "request token: done", "request token: refused", "send: sent", "send: refused", "verify: verified", "verify: wrong_code",
                "check session: valid", "put member: done", "get member: done", "inspect target: done", "unlock target: done",
                "erase target: done", "delete member: done",
            },
            outcomes);
        Assert.All(acts.Where(act => act.GetProperty("outcome").GetString() == "sent"), act =>
        {
            Assert.Matches("^[0-9a-f]{16}$", act.GetProperty("subject").GetString());
            Assert.Equal(("demo", "19"), (act.GetProperty("client").GetString(), act.GetProperty("program").GetString()));
            Assert.Matches("^[0-9a-f]{32}$", act.GetProperty("requestId").GetString());
        });
    }

    private static string Grant(string secret) =>
        $$"""{"grant_type":"client_credentials","client_id":"{{ServiceSettings.Client}}","client_secret":"{{secret}}"}""";

    private static string Generate(string whom) =>
        $$"""{"UniquerefID":"{{whom}}","SourceAddress":"192.168.1.1","SourceCode":1,"OtpType":"LOGIN","ProgramId":19,"RelationType":4}""";

    private static string Verify(string whom) =>
        $$"""
        {"UniquerefID":"{{whom}}","OTP":1,"DestinationAddress":"192.168.1.1","Destination":"Web","OtpType":"LOGIN","ProgramId":19,"RelationType":4}
        """;

    private static string Text((HttpStatusCode Status, string Body) answer, string member)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty(member).GetString()!;
    }
}
