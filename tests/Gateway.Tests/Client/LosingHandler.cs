namespace Otp.Gateway.Tests.Client;

/// <summary>Loses the answers to the first requests to a path: the service has them, the caller does not know.</summary>
internal sealed class LosingHandler(string path, int losses) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _losses = losses;

    public List<string> Keys { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!string.Equals(request.RequestUri!.AbsolutePath, path, StringComparison.Ordinal))
        {
            return response;
        }

        Keys.Add(request.Headers.GetValues("Idempotency-Key").Single());
        if (_losses-- <= 0)
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException("The connection broke.");
    }
}
