using System.Text;
using Microsoft.AspNetCore.Identity;
using Otp.Gateway.Auth;

namespace Otp.Gateway.Tests.Auth;

/// <summary><c>hash-secret</c> hashes the secret that a person sees, or none.</summary>
public sealed class HashSecretTests
{
    private const string Secret = "a new secret";

    public static TheoryData<byte[]> Readable =>
    [
        Encoding.UTF8.GetBytes(Secret),
        Encoding.UTF8.GetBytes($"{Secret}\n"),
        Encoding.UTF8.GetBytes($"{Secret}\r\n"),
        new([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"{Secret}\r\n")]),
        new([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes($"{Secret}\r\n")]),
        new([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Secret)]),
        new([.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Secret)]),
    ];

    public static TheoryData<byte[]> Unreadable =>
    [
        new([]),
        "\r\n"u8.ToArray(),
        Encoding.UTF8.Preamble.ToArray(),
        Encoding.Unicode.GetBytes($"{Secret}\r\n"),
        Encoding.BigEndianUnicode.GetBytes(Secret),
        Encoding.Latin1.GetBytes("schlüssel"),
        new([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Secret)]),
        Encoding.UTF8.GetBytes("a new\u200B secret"),
        Encoding.UTF8.GetBytes("a new\0secret"),
        Encoding.UTF8.GetBytes($"{Secret}\nanother one\n"),
        Encoding.UTF8.GetBytes($"\n{Secret}"),
    ];

    [Theory]
    [MemberData(nameof(Readable))]
    public void Secret_is_hashed_however_its_text_is_encoded(byte[] input)
    {
        var (exitCode, output, error) = Run(input);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<object>().VerifyHashedPassword(Secret, output.Trim(), Secret));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_would_be_another_secret_than_it_looks_is_refused(byte[] input)
    {
        var (exitCode, output, error) = Run(input);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.NotEmpty(error);
        Assert.DoesNotContain("secret\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_may_have_spaces_and_letters_of_any_script()
    {
        const string Foreign = " пароль 密码 ";
        var (exitCode, output, _) = Run(Encoding.UTF8.GetBytes(Foreign + "\n"));

        Assert.Equal(0, exitCode);
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<object>().VerifyHashedPassword(Secret, output.Trim(), Foreign));
    }

    [Fact]
    public void Person_types_one_line()
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        Assert.Equal(0, HashSecretCommand.Run([], fed: null, new StringReader($"{Secret}\nnot read"), output, error));

        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<object>().VerifyHashedPassword(Secret, output.ToString().Trim(), Secret));
    }

    private static (int ExitCode, string Output, string Error) Run(byte[] input)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        using var fed = new MemoryStream(input);
        var exitCode = HashSecretCommand.Run([], fed, TextReader.Null, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
