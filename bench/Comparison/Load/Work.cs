namespace Otp.Bench.Comparison.Load;

/// <summary>A stream of requests of one kind, and the one answer that is right for all of them.</summary>
internal abstract class Work(string name, RequestTemplate template, int expectedStatus)
{
    public string Name => name;

    /// <summary>The request that <see cref="Next"/> made.</summary>
    public ReadOnlySpan<byte> Request => template.Bytes;

    protected RequestTemplate Template => template;

    /// <summary>Makes the next request.</summary>
    /// <returns>A number for it, or null if there is no more work.</returns>
    public abstract int? Next();

    /// <summary>Takes the answer to the request of that number.</summary>
    /// <exception cref="InvalidOperationException">It is not the expected one: then nothing measured here means anything.</exception>
    public void Answer(int item, HttpReply reply)
    {
        if (reply.Status != expectedStatus)
        {
            throw new InvalidOperationException($"{name}: a request was answered with {reply.Status} and not with {expectedStatus}.");
        }

        Answered(item, reply.Body);
    }

    protected virtual void Answered(int item, ReadOnlySpan<byte> body)
    {
    }
}
