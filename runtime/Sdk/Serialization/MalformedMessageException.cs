using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Bytes from the wire do not make sense.</summary>
internal sealed class MalformedMessageException : OrleansException
{
    internal MalformedMessageException(string message)
        : base(message)
    {
    }

    internal MalformedMessageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
