using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Otp.Delivery;
using Otp.Programs;

namespace Otp.Architecture;

/// <summary><c>docs/settings.md</c> has every setting of the options classes with its default, and no other setting.</summary>
public sealed partial class SettingsPageTests
{
    // A row of the page: its keys in full, and the values in its column for defaults.
    private static readonly (string[] Keys, string[] Defaults)[] Rows =
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root.FullName, "docs", "settings.md"))
           where line.StartsWith("| `Otp:", StringComparison.Ordinal)
           let cells = line.Split('|')
           select (KeysIn(cells[1]).ToArray(), CodeIn(cells[3]).ToArray()),
    ];

    private readonly Dictionary<string, string[]> _defaults = ReadOptions();

    [Fact]
    public void The_page_has_every_setting_and_no_other() => Assert.Equal(
        _defaults.Keys.Order(StringComparer.Ordinal),
        Rows.SelectMany(row => row.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_has_the_defaults() => Assert.Equal(
        Rows.Select(row => $"{row.Keys[0]}: {string.Join(", ", row.Keys.SelectMany(key => _defaults.GetValueOrDefault(key, [])))}"),
        Rows.Select(row => $"{row.Keys[0]}: {string.Join(", ", row.Defaults)}"));

    private static IEnumerable<string> CodeIn(string cell) => Code().Matches(cell).Select(match => match.Groups["text"].Value);

    // "`Otp:A:B`, `:C`" are Otp:A:B and Otp:A:C.
    private static IEnumerable<string> KeysIn(string cell)
    {
        var parent = "";
        foreach (var text in CodeIn(cell).Select(text => Placeholder().Replace(text, "{}").TrimEnd('…')))
        {
            var key = text.StartsWith(':') ? parent + text : text;
            parent = key[..key.LastIndexOf(':')];
            yield return key;
        }
    }

    // A class that is used in several places is expanded where it comes first. Elsewhere its section counts as one setting.
    private static Dictionary<string, string[]> ReadOptions()
    {
        var settings = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var expanded = new HashSet<Type>();
        var sections = new Queue<(string Key, Type Type, object? Value)>();
        sections.Enqueue((OtpOptions.Section, typeof(OtpOptions), new OtpOptions()));
        sections.Enqueue((DeliveryOptions.Section, typeof(DeliveryOptions), new DeliveryOptions()));
        while (sections.TryDequeue(out var section))
        {
            var isFirst = expanded.Add(section.Type);
            var value = section.Value ?? (isFirst ? Activator.CreateInstance(section.Type) : null);
            var properties = section.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
            if (!isFirst)
            {
                settings.Add(section.Key, value is null ? [] : [.. properties.SelectMany(property => Format(property.GetValue(value)))]);
                continue;
            }

            foreach (var property in properties)
            {
                var (key, type) = ItemOf($"{section.Key}:{property.Name}", property.PropertyType);
                if (type.IsClass && type != typeof(string))
                {
                    sections.Enqueue((key, type, property.GetValue(value) is { } own && own.GetType() == type ? own : null));
                }
                else
                {
                    settings.Add(key, [.. Format(property.GetValue(value) ?? DefaultOf(section.Type, property.Name))]);
                }
            }
        }

        return settings;
    }

    private static (string Key, Type Type) ItemOf(string key, Type type) => type switch
    {
        { IsArray: true } => ($"{key}:0", type.GetElementType()!),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(List<>) => ($"{key}:0", type.GenericTypeArguments[0]),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) => ($"{key}:{{}}", type.GenericTypeArguments[1]),
        _ => (key, type),
    };

    private static object? DefaultOf(Type options, string name) => options switch
    {
        _ when options == typeof(PolicyOptions) => typeof(Policy).GetProperty(name)?.GetValue(Policy.Default),
        _ when options == typeof(LockoutOptions) => typeof(Lockout).GetProperty(name)?.GetValue(Lockout.Default),
        _ => null,
    };

    // Zero means "none"; a list has no default of its own.
    private static IEnumerable<string> Format(object? value) => value switch
    {
        0 => [],
        TimeSpan span => span == TimeSpan.Zero ? [] : [span.ToString("c", CultureInfo.InvariantCulture)],
        bool flag => [flag ? "true" : "false"],
        string { Length: > 0 } text => [text],
        int or double or Enum => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
        _ => [],
    };

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
