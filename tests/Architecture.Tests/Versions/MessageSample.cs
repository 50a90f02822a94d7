using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Otp.Architecture.Messages;

namespace Otp.Architecture.Versions;

/// <summary>A message with a value in each member. The value follows from the member's id and type, so that a new member changes no other.</summary>
internal static class MessageSample
{
    private static readonly HashSet<Type> Messages = [.. GrainMessages.All];

    /// <summary>Makes a message.</summary>
    public static object Of(Type message)
    {
        if (message.IsAssignableTo(typeof(Exception)))
        {
            var parameter = message.GetConstructors().Single().GetParameters().Single(parameter => parameter.ParameterType == typeof(string));
            return Activator.CreateInstance(message, [.. message.GetConstructors().Single().GetParameters().Select(p => p == parameter ? (object)"sample" : new TimeoutException())])!;
        }

        var sample = RuntimeHelpers.GetUninitializedObject(message);
        foreach (var (id, member) in Members(message))
        {
            FieldOf(member).SetValue(sample, Value(FieldOf(member).FieldType, (int)id));
        }

        return sample;
    }

    /// <summary>What a message holds: by each member's id its type and its value.</summary>
    public static JsonObject Describe(object message) => new(Members(message.GetType()).OrderBy(m => m.Id).Select(m =>
        KeyValuePair.Create<string, JsonNode?>(m.Id.ToString(CultureInfo.InvariantCulture), new JsonArray(FieldOf(m.Member).FieldType.ToString(), DescribeValue(FieldOf(m.Member).GetValue(message))))));

    private static IEnumerable<(uint Id, MemberInfo Member)> Members(Type message) =>
        GrainMessages.State(message).Select(member => (member.GetCustomAttribute<IdAttribute>()!.Id, member));

    private static FieldInfo FieldOf(MemberInfo member) =>
        member as FieldInfo ?? member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)!;

    private static JsonNode? DescribeValue(object? value) => value switch
    {
        null => null,
        string text => text,

        // A list that an earlier version does not know.
        IEnumerable and IStructuralEquatable when value.Equals(Activator.CreateInstance(value.GetType())) => new JsonArray(),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(DescribeValue)]),
        Enum => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ when Messages.Contains(value.GetType()) => Describe(value),
        IFormattable formattable => formattable.ToString(value is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static object Value(Type type, int id)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Value(underlying, id);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var items = Array.CreateInstance(type.GenericTypeArguments[0], 2);
            items.SetValue(Value(type.GenericTypeArguments[0], id), 0);
            items.SetValue(Value(type.GenericTypeArguments[0], id + 1), 1);
            return typeof(ImmutableCollectionsMarshal).GetMethod(nameof(ImmutableCollectionsMarshal.AsImmutableArray))!.MakeGenericMethod(type.GenericTypeArguments[0]).Invoke(null, [items])!;
        }

        return type switch
        {
            _ when Messages.Contains(type) => Of(type),
            { IsEnum: true } => Enum.ToObject(type, 1),
            _ when type == typeof(string) => $"text {id}",
            _ when type == typeof(bool) => true,
            _ when type == typeof(byte) => (byte)(id + 1),
            _ when type == typeof(int) => id + 1_000,
            _ when type == typeof(long) => id + 5_000_000_000,
            _ when type == typeof(ulong) => ulong.MaxValue - (ulong)id,
            _ when type == typeof(double) => id + 0.5,
            _ when type == typeof(Guid) => new Guid(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(id + 90),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddDays(id + 20_000),
            _ => throw new NotSupportedException($"Add a sample of {type}."),
        };
    }
}
