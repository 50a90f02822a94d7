using System.Net;

namespace Otp.Delivery;

/// <summary>A request's body that says when it leaves: once there is a connection, and before its first byte is written.</summary>
internal sealed class LeavingContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly Handover _handover;

    public LeavingContent(HttpContent content, Handover handover)
    {
        (_content, _handover) = (content, handover);
        foreach (var (name, values) in content.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _handover.Begin();
        return _content.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength.GetValueOrDefault();
        return _content.Headers.ContentLength.HasValue;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
