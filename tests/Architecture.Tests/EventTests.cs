using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Otp.Architecture;

/// <summary>Log events have ids that operators rely on: each its own, and each in <c>docs/events.md</c>.</summary>
public sealed class EventTests
{
    [Fact]
    public void Every_event_has_an_id_of_its_own() =>
        Assert.Empty(Events().GroupBy(e => e.EventId).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void The_table_of_events_is_what_the_code_logs()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root.FullName, "docs", "events.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 4 && int.TryParse(cells[1], out _))
            .Select(cells => string.Join(" | ", cells[1..4]));

        Assert.Equal(
            Events().Select(e => $"{e.EventId} | {e.Level} | {e.Message}").Order(StringComparer.Ordinal),
            table.Order(StringComparer.Ordinal));
    }

    private static LoggerMessageAttribute[] Events() =>
    [
        .. from path in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
           let name = Path.GetFileNameWithoutExtension(path)
           where name.StartsWith("Otp.", StringComparison.Ordinal)
           from type in Assembly.Load(name).GetTypes()
           from method in type.GetMethods(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
           where attribute is not null
           select attribute,
    ];
}
