namespace Otp.Storage;

/// <summary>Names a record.</summary>
/// <param name="Grain">Whose it is.</param>
/// <param name="Name">Which of the grain's records it is.</param>
internal readonly record struct RecordKey(GrainId Grain, string Name);

/// <summary>A record as it is stored. Compared by reference: what is stored now is this object or another.</summary>
/// <param name="etag">What tells it from every other record.</param>
/// <param name="data">The serialized state.</param>
/// <param name="expiresAt">The first instant at which it is gone, in UTC ticks.</param>
internal sealed class EmbeddedRecord(string etag, ReadOnlyMemory<byte> data, long expiresAt)
{
    public string Etag => etag;

    public ReadOnlyMemory<byte> Data => data;

    public long ExpiresAt => expiresAt;
}
