namespace Orleans.Runtime;

/// <summary>Too many calls wait already; the call was not sent.</summary>
public sealed class GatewayTooBusyException : OrleansException
{
    public GatewayTooBusyException()
        : base("Too many calls wait already.")
    {
    }

    public GatewayTooBusyException(string message)
        : base(message)
    {
    }

    public GatewayTooBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
