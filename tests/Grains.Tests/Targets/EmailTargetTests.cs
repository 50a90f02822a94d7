using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class EmailTargetTests
{
    [Theory]
    [InlineData("A.B@Example.COM ", "a.b@example.com")]
    [InlineData("jane.doe@example.com", "jane.doe@example.com")]
    [InlineData("\t jane@example.com\r\n", "jane@example.com")]
    [InlineData("\u00A0jane@example.com\u3000", "jane@example.com")]
    [InlineData("Jane+Shop@MAIL.example.co.uk", "jane+shop@mail.example.co.uk")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com")]
    [InlineData("a@b.c", "a@b.c")]
    [InlineData("1@2.x3", "1@2.x3")]
    public void Canonical_form_is_trimmed_and_lower_case(string text, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Email, text));

    [Theory]
    [InlineData("user@bücher.example")]
    [InlineData("User@BÜCHER.Example")]
    [InlineData("user@bu\u0308cher.example")]
    [InlineData("user@bücher\u3002example")]
    [InlineData("user@XN--bcher-KVA.example")]
    public void International_domain_has_one_ASCII_form(string text) =>
        Assert.Equal("user@xn--bcher-kva.example", Parsed.As(Channel.Email, text));

    [Theory]
    [InlineData("a@b@c")]
    [InlineData("a@b@example.com")]
    [InlineData("a@@example.com")]
    [InlineData("a@b.example,c@d.example")]
    [InlineData("a@b.example c@d.example")]
    [InlineData("a@b.example;")]
    [InlineData("Bob <bob@x.com>")]
    [InlineData("<bob@x.com>")]
    [InlineData("bob@x.com (Bob)")]
    [InlineData("bob(Bob)@x.com")]
    [InlineData("\"bob\"@x.com")]
    [InlineData("mailto:bob@x.com")]
    public void Anything_but_one_bare_address_is_refused(string text) => Assert.False(Parsed.IsTarget(text));

    [Theory]
    [InlineData("@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a @example.com")]
    [InlineData("a\\@example.com")]
    [InlineData("jän@example.com")]
    [InlineData("j\u0430ne@example.com")]
    public void Local_part_is_a_dot_atom_of_ASCII(string text) => Assert.False(Parsed.IsTarget(text));

    [Theory]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@example.com.")]
    [InlineData("a@.example.com")]
    [InlineData("a@example..com")]
    [InlineData("a@-example.com")]
    [InlineData("a@example-.com")]
    [InlineData("a@exa_mple.com")]
    [InlineData("a@exa mple.com")]
    [InlineData("a@ example.com")]
    [InlineData("a@example.com:25")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[IPv6:::1]")]
    [InlineData("a@example.123")]
    [InlineData("a@exa＠mple.com")]
    [InlineData("a@bü cher.example")]
    [InlineData("a@bü_cher.example")]
    [InlineData("a@bücher")]
    [InlineData("a@bücher.example.")]
    [InlineData("a@-bücher.example")]
    [InlineData("a@bü\u0085cher.example")]
    public void Domain_is_a_host_name_of_two_labels_or_more(string text) => Assert.False(Parsed.IsTarget(text));

    [Theory]
    [InlineData("a﹫example.com")]
    [InlineData("aⓐexample.com")]
    public void Characters_that_look_like_the_at_sign_are_none(string text) => Assert.False(Parsed.IsTarget(text));

    [Fact]
    public void Local_part_has_at_most_64_characters()
    {
        Assert.True(Parsed.IsTarget(new string('a', 64) + "@example.com"));
        Assert.False(Parsed.IsTarget(new string('a', 65) + "@example.com"));
    }

    [Fact]
    public void Label_has_at_most_63_characters()
    {
        Assert.True(Parsed.IsTarget($"a@{new string('b', 63)}.com"));
        Assert.False(Parsed.IsTarget($"a@{new string('b', 64)}.com"));
    }

    [Fact]
    public void Address_has_at_most_254_characters_white_space_around_it_not_counted()
    {
        var domain = string.Concat(Enumerable.Repeat(new string('b', 46) + ".", 4)) + "com";
        var longest = new string('a', 62) + "@" + domain;
        Assert.Equal(254, longest.Length);
        Assert.Equal(longest, Parsed.As(Channel.Email, $"  {longest} "));
        Assert.False(Parsed.IsTarget("a" + longest));
    }

    [Fact]
    public void Address_whose_ASCII_form_is_too_long_is_refused()
    {
        var labels = string.Concat(Enumerable.Repeat("bücher.", 30));
        Assert.True(labels.Length < 250);
        Assert.False(Parsed.IsTarget("a@" + labels + "example"));
    }
}
