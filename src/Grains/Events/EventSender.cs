using System.Globalization;
using System.Net.Http.Headers;
using Otp.Delivery;
using Otp.Programs;
using Otp.Telemetry;

namespace Otp.Events;

/// <summary>Posts events to programs' endpoints, signed after Standard Webhooks. One for the silo, with its connections.</summary>
public sealed class EventSender(EventRecords records, TimeProvider time) : IDisposable
{
    /// <summary>The failure of an endpoint that says that it is gone for good.</summary>
    public const string Gone = "410";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _client = HttpSender.CreateClient();

    /// <summary>Posts an event once.</summary>
    /// <param name="program">The program, which has an endpoint.</param>
    /// <param name="targetKey">The key of the target's grain.</param>
    /// <param name="posted">The event.</param>
    /// <returns>Null if the endpoint has taken it (2xx); otherwise why not: the status, or a category.</returns>
    public async Task<string?> PostAsync(OtpProgram program, string targetKey, PendingEvent posted)
    {
        // On the pool: the steps of the exchange are no turns of the grain that waits for it.
        var failure = await Task.Run(() => TryPostAsync(program.Events!, targetKey, posted));
        var age = time.GetUtcNow().UtcTicks - posted.At;
        EventMetrics.CountAttempt(program.Id, posted.Type, failure, TimeSpan.FromTicks(Math.Max(0, age)));
        return failure;
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> TryPostAsync(EventOptions endpoint, string targetKey, PendingEvent posted)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            var body = records.BodyOf(targetKey, posted);
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = Json } },
            };
            request.Headers.UserAgent.Add(HttpSender.UserAgent);
            new WebhookSignature(WebhookSignature.ReadKeys(endpoint.Secrets), time).Sign(request, records.IdOf(targetKey, posted), body);
            using var response = await _client.SendAsync(request, timeout.Token);
            return response.IsSuccessStatusCode ? null : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return "timeout";
        }
        catch (HttpRequestException exception)
        {
            return TagValues.Of(exception.HttpRequestError);
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
