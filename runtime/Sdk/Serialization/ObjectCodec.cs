using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Types marked <see cref="GenerateSerializerAttribute"/>, member by member, by the numbers of their <see cref="IdAttribute"/>s.</summary>
/// <remarks>
/// A member that was not written is the default, and one that is not known is passed over, so versions of a type can live side by side.
/// Objects are made without their constructor.
/// </remarks>
internal sealed class ObjectCodec<T> : Codec<T>
{
    private Member<T>[]? _members;

    internal override WireKind Kind => WireKind.Group;

    // Found at first use, not before: a type may have members of its own type.
    private Member<T>[] Members => _members ??= FindMembers();

    internal override bool IsDefault(T value) => value is null;

    internal override void Write(WireWriter writer, T value)
    {
        if (!typeof(T).IsValueType && value!.GetType() != typeof(T))
        {
            throw new NotSupportedException($"{value.GetType()} cannot be sent as a {typeof(T)}: a message is of exactly the type that is declared.");
        }

        writer.BeginGroup();
        foreach (var member in Members)
        {
            member.Write(writer, ref value);
        }

        writer.EndGroup();
    }

    internal override T Read(WireReader reader)
    {
        var value = typeof(T).IsValueType ? default! : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        reader.BeginGroup();
        while (reader.TryReadHeader(out var field, out var kind))
        {
            if (Array.Find(Members, member => member.Field == field) is { } known)
            {
                known.Read(reader, kind, ref value);
            }
            else
            {
                reader.Skip(kind);
            }
        }

        reader.EndGroup();
        return value;
    }

    private static Member<T>[] FindMembers()
    {
        if (typeof(T).IsAbstract || (typeof(T).BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)))
        {
            throw new NotSupportedException($"{typeof(T)} cannot be sent: a message is neither abstract nor derived from another class.");
        }

        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var members = typeof(T).GetMembers(Declared)
            .Select(static member => (Member: member, Id: member.GetCustomAttribute<IdAttribute>()?.Id))
            .Where(static member => member.Id is not null)
            .OrderBy(static member => member.Id)
            .Select(static member => Make(member.Id!.Value, member.Member))
            .ToArray();
        return members.DistinctBy(static member => member.Field).Count() == members.Length
            ? members
            : throw new NotSupportedException($"{typeof(T)} cannot be sent: two of its members have the same [Id].");
    }

    private static Member<T> Make(uint id, MemberInfo member)
    {
        var field = member as FieldInfo ?? typeof(T).GetField($"<{member.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)
            ?? throw new NotSupportedException($"{typeof(T)}.{member.Name} cannot be sent: only fields and automatic properties are.");
        return (Member<T>)Activator.CreateInstance(typeof(Member<,>).MakeGenericType(typeof(T), field.FieldType), id + 1, field)!;
    }
}
