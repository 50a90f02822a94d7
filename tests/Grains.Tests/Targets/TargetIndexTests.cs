using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class TargetIndexTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Target Jane = new(Channel.Email, "jane@example.com");

    [Fact]
    public void Key_is_the_program_and_the_keyed_hash_of_both_program_and_target()
    {
        var hash = HMACSHA256.HashData(Key, "\u0002\0\0\019"u8.ToArray().Concat(Encoding.UTF8.GetBytes(Jane.Value)).ToArray());
        Assert.Equal("19:" + Base64Url.EncodeToString(hash), new TargetIndex(Key).KeyFor("19", Jane));
    }

    [Fact]
    public void Key_never_changes_between_releases() =>
        Assert.Equal("19:INv0xR017AxZz0ymqt3g6imfLmGkFYgWwu5cae3pROs", new TargetIndex(Key).KeyFor("19", Jane));

    [Fact]
    public void Key_shows_nothing_of_the_target() =>
        Assert.DoesNotContain("jane", new TargetIndex(Key).KeyFor("19", Jane), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Programs_targets_and_index_keys_all_make_different_keys()
    {
        var index = new TargetIndex(Key);
        var other = new TargetIndex(RandomNumberGenerator.GetBytes(32));
        var john = new Target(Channel.Email, "john@example.com");
        string[] keys = [index.KeyFor("19", Jane), index.KeyFor("20", Jane), index.KeyFor("19", john), other.KeyFor("19", Jane)];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Person_has_another_hash_in_every_program()
    {
        var index = new TargetIndex(Key);
        string[] hashes = [HashIn("1", "9a@example.com"), HashIn("19", "a@example.com"), HashIn("20", "a@example.com")];

        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        string HashIn(string program, string email) => index.KeyFor(program, new Target(Channel.Email, email))[(program.Length + 1)..];
    }

    [Fact]
    public void Longest_target_has_a_key()
    {
        var longest = new Target(Channel.Email, new string('a', TargetParser.MaxLength));
        Assert.Equal("19", TargetIndex.ProgramOf(new TargetIndex(Key).KeyFor("19", longest)));
    }

    [Theory]
    [InlineData("19")]
    [InlineData("a:b")]
    [InlineData(":")]
    [InlineData("プログラム")]
    public void Program_is_read_back_from_a_key(string program) =>
        Assert.Equal(program, TargetIndex.ProgramOf(new TargetIndex(Key).KeyFor(program, Jane)));

    [Theory]
    [InlineData("")]
    [InlineData("19")]
    [InlineData("19:tooshort")]
    [InlineData(":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Text_that_is_no_key_is_a_fault(string key) => Assert.Throws<FormatException>(() => TargetIndex.ProgramOf(key));

    [Fact]
    public void Key_shorter_than_32_bytes_is_refused() => Assert.Throws<ArgumentException>(() => new TargetIndex(new byte[31]));

    [Fact]
    public void Index_keeps_its_own_copy_of_the_key()
    {
        var key = Key.ToArray();
        var index = new TargetIndex(key);
        CryptographicOperations.ZeroMemory(key);
        Assert.Equal(new TargetIndex(Key).KeyFor("19", Jane), index.KeyFor("19", Jane));
    }
}
