using System.Reflection;
using System.Runtime.CompilerServices;

namespace Otp.Architecture.Messages;

/// <summary>The messages that grains take and give: everything marked for Orleans' serializer.</summary>
internal static class GrainMessages
{
    private static readonly Assembly Abstractions = Assembly.Load("Otp.Grains.Abstractions");

    public static IEnumerable<Type> All =>
        Abstractions.GetTypes().Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

    public static IEnumerable<Type> GrainInterfaces =>
        Abstractions.GetTypes().Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain)));

    /// <summary>The state a message carries: its fields and automatic properties, each by the member that bears the <c>[Id]</c>.</summary>
    public static IEnumerable<MemberInfo> State(Type message)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var field in message.GetFields(declared))
        {
            if (!field.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            {
                yield return field;
            }
            else if (message.GetProperty(field.Name.TrimStart('<').Split('>')[0], declared) is { } property)
            {
                yield return property;
            }
        }
    }

    /// <summary>A message that holds <paramref name="text"/> in each of these members that is a text, made without its constructor.</summary>
    public static object Filled(Type message, IEnumerable<MemberInfo> members, string text)
    {
        var instance = RuntimeHelpers.GetUninitializedObject(message);
        foreach (var member in members)
        {
            var field = member as FieldInfo ?? message.GetField($"<{member.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)!;
            if (field.FieldType == typeof(string))
            {
                field.SetValue(instance, text);
            }
        }

        return instance;
    }
}
