using System.Collections.Concurrent;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Exceptions on the wire: a type's name and a message, never a stack.</summary>
/// <remarks>
/// They arrive as the type they were where it is known here and can be made from a message; otherwise as an <see cref="OrleansException"/>
/// that says both.
/// </remarks>
internal static class Faults
{
    private const int MaxTypes = 1000;

    private static readonly ConcurrentDictionary<string, Func<string, Exception>?> Makers = new(StringComparer.Ordinal);

    internal static void Write(WireWriter writer, Exception exception)
    {
        writer.WriteString(exception.GetType().FullName!);
        writer.WriteString(exception.Message);
    }

    internal static Exception Read(WireReader reader)
    {
        var name = reader.ReadString();
        var message = reader.ReadString();
        var exception = Make(name, message) ?? new OrleansException($"{name}: {message}");
        if (exception is InconsistentStateException inconsistent)
        {
            // It dropped the activation that it came from; it is not to drop its callers'.
            inconsistent.IsSourceActivation = false;
        }

        return exception;
    }

    private static Exception? Make(string name, string message)
    {
        if (!Makers.TryGetValue(name, out var make))
        {
            make = MakerOf(name);
            if (Makers.Count < MaxTypes)
            {
                Makers.TryAdd(name, make);
            }
        }

        try
        {
            return make?.Invoke(message) is { } exception && exception.Message == message ? exception : null;
        }
        catch (Exception)
        {
            // Its constructor wants more than a message.
            return null;
        }
    }

    private static Func<string, Exception>? MakerOf(string name)
    {
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(static type => type is not null);
        if (type is null || type.IsAbstract || !type.IsAssignableTo(typeof(Exception)))
        {
            return null;
        }

        // Where there are both, the first string of the shorter one may be a parameter's or an object's name.
        return type.GetConstructor([typeof(string), typeof(Exception)]) is { } withCause ? message => (Exception)withCause.Invoke([message, null])
            : type.GetConstructor([typeof(string)]) is { } withMessage ? message => (Exception)withMessage.Invoke([message])
            : null;
    }
}
