using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Enums, as the integer they stand on; a value without a name passes.</summary>
internal sealed class EnumCodec<TEnum, TInteger>(Codec<TInteger> integer) : Codec<TEnum>
    where TEnum : struct
    where TInteger : struct
{
    internal override WireKind Kind => integer.Kind;

    internal override void Write(WireWriter writer, TEnum value) => integer.Write(writer, Unsafe.BitCast<TEnum, TInteger>(value));

    internal override TEnum Read(WireReader reader) => Unsafe.BitCast<TInteger, TEnum>(integer.Read(reader));
}
