using System.Text;

namespace Otp.Fuzz.Inputs;

/// <summary>Spoils the members of a body, JSON or form.</summary>
internal static class BodyMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("value of a member", ReplaceValue),
        new("text of a member", static (request, random) => Replace(request, random, static random => $"\"{Vocabulary.Text(random)}\"")),
        new("one character in a text", Insert),
        new("member left out", static (request, random) => Edit(request, random, static (_, _) => "")),
        new("member twice", static (request, random) => Edit(request, random, static (member, random) => $"{member},{NameOf(member)}:{Vocabulary.Json(random)}")),
        new("name of a member", static (request, random) => Edit(request, random, static (member, random) => $"\"{Vocabulary.Text(random)}\":{ValueOf(member)}")),
        new("case of a name", static (request, random) => Edit(request, random, static (member, _) => NameOf(member).ToUpperInvariant() + ":" + ValueOf(member))),
        new("member that nobody knows", static (request, random) => Edit(request, random, static (member, random) => $"{member},\"{Vocabulary.Text(random)}\":{Vocabulary.Json(random)}")),
        new("another body", static (request, random) => request.Body = Encoding.UTF8.GetBytes(Vocabulary.Json(random))),
        new("form field", SpoilForm),
        new("multipart", ToMultipart),
    ];

    private static void ReplaceValue(RawRequest request, Random random) => Replace(request, random, Vocabulary.Json);

    private static void Replace(RawRequest request, Random random, Func<Random, string> value) =>
        Edit(request, random, (member, random) => $"{NameOf(member)}:{value(random)}");

    private static void Insert(RawRequest request, Random random) => Edit(request, random, static (member, random) =>
    {
        var value = ValueOf(member);
        var at = value.Length < 2 ? 0 : 1 + random.Next(value.Length - 1);
        string[] characters = ["\\u200b", "\\u0000", "\\ud800", "\\ufeff", "\\u00a0", " ", "\\n", ".", "-", "@", "+", "é", "𝟙", "\\\\", "%"];
        return $"{NameOf(member)}:{value.Insert(at, Vocabulary.Pick(characters, random))}";
    });

    /// <summary>Rewrites one member of the outermost object; any other body stays as it is.</summary>
    private static void Edit(RawRequest request, Random random, Func<string, Random, string> edit)
    {
        var members = JsonMembers.Of(request.Body);
        if (members.Count == 0)
        {
            return;
        }

        var index = random.Next(members.Count);
        var edited = edit(members[index], random);
        IEnumerable<string> all = [.. members.Take(index), .. edited.Length == 0 ? [] : (string[])[edited], .. members.Skip(index + 1)];
        request.Body = Encoding.UTF8.GetBytes($"{{{string.Join(',', all)}}}");
    }

    private static string NameOf(string member) => member[..(member.IndexOf("\":", StringComparison.Ordinal) + 1)];

    private static string ValueOf(string member) => member[(member.IndexOf("\":", StringComparison.Ordinal) + 2)..];

    private static void SpoilForm(RawRequest request, Random random)
    {
        var fields = Encoding.Latin1.GetString(request.Body).Split('&').ToList();
        var index = random.Next(fields.Count);
        var name = fields[index].Split('=')[0];
        var text = Vocabulary.Latin(Vocabulary.Text(random));
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(index);
                break;
            case 1:
                fields.Add(fields[index]);
                break;
            case 2:
                fields[index] = $"{text}={name}";
                break;
            case 3:
                fields[index] = name;
                break;
            case 4:
                fields.AddRange(Enumerable.Repeat("a=b", 1 + random.Next(2_000)));
                break;
            case 5:
                fields[index] = $"{name}=%{text}%zz%";
                break;
            default:
                fields[index] = $"{name}={text}";
                break;
        }

        request.Body = Encoding.Latin1.GetBytes(string.Join('&', fields));
    }

    // A form's fields in parts; and then, perhaps, cut off somewhere.
    private static void ToMultipart(RawRequest request, Random random)
    {
        var parts = Encoding.Latin1.GetString(request.Body).Split('&').Select(field => field.Split('=')).Select(field =>
            $"--a\r\nContent-Disposition: form-data; name={Vocabulary.Pick(["\"{0}\"", "{0}", "\"{0}", "\"{0}\"; filename=\"a\"", ""], random).Replace("{0}", Uri.UnescapeDataString(field[0]), StringComparison.Ordinal)}"
            + $"\r\n\r\n{Uri.UnescapeDataString(field[^1])}\r\n");
        var text = string.Concat(parts) + Vocabulary.Pick(["--a--\r\n", "--a", "", "--b--\r\n"], random);
        request.Body = Encoding.Latin1.GetBytes(random.Next(3) == 0 ? text[..random.Next(text.Length)] : text);
        request.Set("Content-Type", "multipart/form-data; boundary=a");
    }
}
