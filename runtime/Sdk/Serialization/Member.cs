using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Serialization;

/// <summary>One numbered member of a type.</summary>
internal abstract class Member<T>(uint field)
{
    internal uint Field { get; } = field;

    internal abstract void Write(WireWriter writer, ref T owner);

    internal abstract void Read(WireReader reader, WireKind kind, ref T owner);
}

/// <inheritdoc/>
internal sealed class Member<T, TField>(uint field, FieldInfo info) : Member<T>(field)
{
    private readonly Codec<TField> _codec = (Codec<TField>)Codecs.Of(typeof(TField));
    private readonly FieldRef<T, TField> _at = Emit(info);

    internal override void Write(WireWriter writer, ref T owner) => _codec.WriteField(writer, Field, _at(ref owner));

    internal override void Read(WireReader reader, WireKind kind, ref T owner)
    {
        _codec.Expect(kind);
        _at(ref owner) = _codec.Read(reader);
    }

    // Fields, not properties: what is private or may only be set at creation is reached too, as Orleans' serializer does.
    private static FieldRef<T, TField> Emit(FieldInfo info)
    {
        var method = new DynamicMethod(info.Name, typeof(TField).MakeByRefType(), [typeof(T).MakeByRefType()], typeof(T), skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        if (!typeof(T).IsValueType)
        {
            il.Emit(OpCodes.Ldind_Ref);
        }

        il.Emit(OpCodes.Ldflda, info);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<FieldRef<T, TField>>();
    }
}
