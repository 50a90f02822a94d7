using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Orleans.Serialization;

/// <summary>The codec of every type that may travel.</summary>
internal static class Codecs
{
    private static readonly ConcurrentDictionary<Type, Codec> Known = new(new Dictionary<Type, Codec>
    {
        [typeof(bool)] = new VarintCodec<bool>(static value => value ? 1UL : 0, static value => value != 0),
        [typeof(char)] = new VarintCodec<char>(static value => value, static value => checked((char)value)),
        [typeof(byte)] = new VarintCodec<byte>(static value => value, static value => checked((byte)value)),
        [typeof(ushort)] = new VarintCodec<ushort>(static value => value, static value => checked((ushort)value)),
        [typeof(uint)] = new VarintCodec<uint>(static value => value, static value => checked((uint)value)),
        [typeof(ulong)] = new VarintCodec<ulong>(static value => value, static value => value),
        [typeof(sbyte)] = new VarintCodec<sbyte>(static value => ZigZag(value), static value => checked((sbyte)UnZigZag(value))),
        [typeof(short)] = new VarintCodec<short>(static value => ZigZag(value), static value => checked((short)UnZigZag(value))),
        [typeof(int)] = new VarintCodec<int>(static value => ZigZag(value), static value => checked((int)UnZigZag(value))),
        [typeof(long)] = new VarintCodec<long>(ZigZag, UnZigZag),
        [typeof(TimeSpan)] = new VarintCodec<TimeSpan>(static value => ZigZag(value.Ticks), static value => new(UnZigZag(value))),
        [typeof(float)] = new Fixed64Codec<float>(static value => BitConverter.SingleToUInt32Bits(value), static value => BitConverter.UInt32BitsToSingle((uint)value)),
        [typeof(double)] = new Fixed64Codec<double>(static value => BitConverter.DoubleToUInt64Bits(value), BitConverter.UInt64BitsToDouble),
        [typeof(string)] = new BytesCodec<string>(static (writer, value) => writer.WriteString(value), static reader => reader.ReadString()),
        [typeof(byte[])] = new BytesCodec<byte[]>(static (writer, value) => writer.WriteBytes(value), static reader => reader.ReadBytes().ToArray()),
        [typeof(ImmutableArray<byte>)] = new BytesCodec<ImmutableArray<byte>>(
            static (writer, value) => writer.WriteBytes(value.AsSpan()),
            static reader => ImmutableCollectionsMarshal.AsImmutableArray(reader.ReadBytes().ToArray())),
        [typeof(Guid)] = new BytesCodec<Guid>(
            static (writer, value) => writer.WriteBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(ref value))),
            static reader => new(Exactly(16, reader.ReadBytes()))),
        [typeof(DateTimeOffset)] = new BytesCodec<DateTimeOffset>(Write, ReadDateTimeOffset),
    });

    /// <summary>The codec of a type.</summary>
    /// <exception cref="NotSupportedException">Values of the type cannot be sent.</exception>
    internal static Codec Of(Type type) => Known.GetOrAdd(type, Make);

    private static Codec Make(Type type)
    {
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !type.IsEnum)
        {
            return Create(typeof(ObjectCodec<>), [type]);
        }

        if (type.IsEnum)
        {
            var integer = type.GetEnumUnderlyingType();
            return Create(typeof(EnumCodec<,>), [type, integer], Of(integer));
        }

        if (type.IsSZArray)
        {
            return Collection(nameof(MakeArray), type.GetElementType()!);
        }

        var arguments = type.GetGenericArguments();
        return type.IsGenericType ? type.GetGenericTypeDefinition() switch
        {
            var definition when definition == typeof(Nullable<>) => Create(typeof(NullableCodec<>), arguments, Of(arguments[0])),
            var definition when definition == typeof(List<>) => Collection(nameof(MakeList), arguments[0]),
            var definition when definition == typeof(ImmutableArray<>) => Collection(nameof(MakeImmutableArray), arguments[0]),
            var definition when definition == typeof(Dictionary<,>) => Create(typeof(DictionaryCodec<,>), arguments, Of(arguments[0]), Of(arguments[1])),
            _ => throw Unknown(type),
        }
        : throw Unknown(type);
    }

    private static SequenceCodec<T[], T> MakeArray<T>(Codec<T> item) => new(item, static array => array, static list => [.. list]);

    private static SequenceCodec<List<T>, T> MakeList<T>(Codec<T> item) => new(item, static list => list, static list => list);

    private static SequenceCodec<ImmutableArray<T>, T> MakeImmutableArray<T>(Codec<T> item) =>
        new(item, static array => array.IsDefault ? [] : array, static list => [.. list]);

    private static Codec Collection(string make, Type item) =>
        (Codec)typeof(Codecs).GetMethod(make, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).Invoke(obj: null, [Of(item)])!;

    private static Codec Create(Type definition, Type[] types, params object[] arguments) =>
        (Codec)Activator.CreateInstance(
            definition.MakeGenericType(types), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, binder: null, arguments, culture: null)!;

    private static NotSupportedException Unknown(Type type) =>
        new($"{type} cannot be sent: it is neither marked [GenerateSerializer] nor one of the types that every message may hold.");

    private static ulong ZigZag(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));

    private static long UnZigZag(ulong value) => unchecked((long)(value >> 1) ^ -(long)(value & 1));

    private static void Write(WireWriter writer, DateTimeOffset value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + sizeof(short)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Ticks);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[sizeof(long)..], (short)value.TotalOffsetMinutes);
        writer.WriteBytes(bytes);
    }

    private static DateTimeOffset ReadDateTimeOffset(WireReader reader)
    {
        var bytes = Exactly(sizeof(long) + sizeof(short), reader.ReadBytes());
        try
        {
            return new(BinaryPrimitives.ReadInt64LittleEndian(bytes), TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(bytes[sizeof(long)..])));
        }
        catch (ArgumentException exception)
        {
            throw new MalformedMessageException("A time is out of range.", exception);
        }
    }

    private static ReadOnlySpan<byte> Exactly(int length, ReadOnlySpan<byte> bytes) =>
        bytes.Length == length ? bytes : throw new MalformedMessageException($"A value of {length} bytes has {bytes.Length}.");
}
