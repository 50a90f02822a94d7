using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A call that returns a value.</summary>
internal abstract class ValueRequest<T> : GrainRequest
{
    private const uint ResultField = 1;

    private static Codec<T>? _codec;

    private static Codec<T> Codec => _codec ??= (Codec<T>)Codecs.Of(typeof(T));

    internal override PendingCall Pend() => new ValueCall<T>(this);

    internal override Task Fault(Exception exception) =>
        exception is OperationCanceledException { CancellationToken: { IsCancellationRequested: true } token }
            ? Task.FromCanceled<T>(token)
            : Task.FromException<T>(exception);

    internal override void WriteResult(WireWriter writer, Task answer)
    {
#pragma warning disable RS0030 // The task has completed.
        Codec.WriteField(writer, ResultField, ((Task<T>)answer).Result);
#pragma warning restore RS0030
        writer.WriteByte(0);
    }

    internal override Task ReadResult(WireReader reader)
    {
        var result = default(T);
        while (reader.TryReadHeader(out var field, out var kind))
        {
            if (field == ResultField)
            {
                Codec.Expect(kind);
                result = Codec.Read(reader);
            }
            else
            {
                reader.Skip(kind);
            }
        }

        return Task.FromResult(result);
    }
}
