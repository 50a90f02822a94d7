using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;

namespace Otp.Gateway.Tests.Harness;

/// <summary>A stream of server-sent events that somebody watches.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _events = SseParser.Create(stream).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);
    }

    public HttpStatusCode Status => _response.StatusCode;

    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EventReader> OpenAsync(
        TestGateway gateway, string path, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(Cancellation));
    }

    /// <summary>The next event; null at the stream's end.</summary>
    public async Task<SseItem<string>?> NextAsync() => await _events.MoveNextAsync() ? _events.Current : null;

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _events.DisposeAsync();
    }
}
