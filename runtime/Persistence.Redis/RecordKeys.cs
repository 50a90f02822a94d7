using System.Text;
using Orleans.Runtime;

namespace Orleans.Persistence;

/// <summary>The Redis keys of records: <c>{serviceId}/state/{grainType}/{grainKey}/{stateName}</c>.</summary>
internal sealed class RecordKeys(string serviceId)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes($"{serviceId}/state/");

    public byte[] Of(string stateName, GrainId grainId)
    {
        var type = grainId.Type.Value.AsSpan();
        var key = grainId.Key.AsSpan();
        var bytes = new byte[_prefix.Length + type.Length + 1 + key.Length + 1 + Encoding.UTF8.GetByteCount(stateName)];
        var rest = Append(bytes, _prefix);
        rest = Append(Append(rest, type), "/"u8);
        rest = Append(Append(rest, key), "/"u8);
        Encoding.UTF8.GetBytes(stateName, rest);
        return bytes;
    }

    private static Span<byte> Append(Span<byte> target, ReadOnlySpan<byte> part)
    {
        part.CopyTo(target);
        return target[part.Length..];
    }
}
