using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Otp.Settings;

/// <summary>Compares a section with its class and finds every unknown key and wrong value; the framework's binder tells the first at most.</summary>
internal sealed class SettingShape
{
    /// <summary>The unknown keys and the values of a wrong type.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>All other values, by the key within the section.</summary>
    public Dictionary<string, string?> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compares a section of the full key <paramref name="name"/>, but for the keys that bind <paramref name="elsewhere"/>.</summary>
    public static SettingShape Compare(IConfiguration section, string name, Type type, IReadOnlyCollection<string> elsewhere)
    {
        var shape = new SettingShape();
        foreach (var child in section.GetChildren().Where(c => !elsewhere.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            shape.CompareMember(child, $"{name}:{child.Key}", child.Key, type);
        }

        return shape;
    }

    private void Compare(IConfigurationSection section, string name, string key, Type type)
    {
        if (ItemOf(type) is null && TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            CompareValue(section, name, key, type);
            return;
        }

        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            Values[key] = section.Value;
        }

        if (!string.IsNullOrEmpty(section.Value))
        {
            Faults.Add($"{name}: it is a section with settings of its own, not a value.");
        }

        foreach (var child in children)
        {
            CompareMember(child, $"{name}:{child.Key}", $"{key}:{child.Key}", type);
        }
    }

    private void CompareMember(IConfigurationSection section, string name, string key, Type type)
    {
        if (ItemOf(type) is { } item)
        {
            if (item.Key.IsEnum && !IsNameOf(item.Key, section.Key))
            {
                Faults.Add($"{name}: the name is not one of {string.Join(", ", Enum.GetNames(item.Key))}.");
            }
            else
            {
                Compare(section, name, key, item.Value);
            }
        }
        else if (type.GetProperty(section.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } property)
        {
            Compare(section, name, key, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        }
        else
        {
            Faults.Add($"{name} is not a setting.");
        }
    }

    private void CompareValue(IConfigurationSection section, string name, string key, Type type)
    {
        if (section.GetChildren().Any())
        {
            Faults.Add($"{name}: it is one value, with no settings below it.");
        }
        else if (section.Value is null || IsValueOf(type, section.Value))
        {
            Values[key] = section.Value;
        }
        else
        {
            // The value is not shown: it may be a secret at a wrong key.
            Faults.Add($"{name} is not {Describe(type)}.");
        }
    }

    // The types of the key and of the items of a list or a dictionary.
    private static (Type Key, Type Value)? ItemOf(Type type) => type switch
    {
        { IsArray: true } => (typeof(int), type.GetElementType()!),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(List<>) => (typeof(int), type.GenericTypeArguments[0]),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) => (type.GenericTypeArguments[0], type.GenericTypeArguments[1]),
        _ => null,
    };

    private static bool IsNameOf(Type type, string text) => Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);

    private static bool IsValueOf(Type type, string text)
    {
        if (type.IsEnum)
        {
            return IsNameOf(type, text);
        }

        if (type == typeof(TimeSpan))
        {
            // TimeSpan.Parse reads 24:00:00 and 24 as 24 days.
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out _);
        }

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Describe(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a span of time, like 00:05:00 or 30.00:00:00 (a day is 1.00:00:00)",
        _ when type == typeof(DateOnly) => "a date, like 2026-12-31",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ => $"a {type.Name}",
    };
}
