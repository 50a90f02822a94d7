using System.Reflection;

namespace Otp.Architecture.Messages;

/// <summary>What every grain message keeps, so that it can leave the process and tells nothing where it is printed.</summary>
public sealed class GrainMessageTests
{
    private const string Revealing = "reveal-4071-me";

    private static readonly string[] Confidential =
        ["Target", "Code", "Email", "Phone", "To", "Value", "Address", "Name", "Secret", "Token", "Password", "Subject", "Text", "Html"];

    public static TheoryData<Type> Messages => [.. GrainMessages.All];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Is_sealed_aliased_and_immutable(Type message)
    {
        Assert.True(message.IsSealed || message.IsAbstract, "Neither sealed nor an abstract base.");
        Assert.True(message.IsDefined(typeof(AliasAttribute), inherit: false), "Without [Alias].");
        Assert.True(message.IsDefined(typeof(ImmutableAttribute), inherit: false), "Without [Immutable].");
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Numbers_all_its_state_once(Type message)
    {
        var ids = GrainMessages.State(message).Select(m => (m.Name, Id: m.GetCustomAttribute<IdAttribute>()?.Id)).ToList();

        Assert.DoesNotContain(ids, m => m.Id is null);
        Assert.Equal(ids.Count, ids.Select(m => m.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Prints_nothing_confidential(Type message)
    {
        if (message.IsAbstract)
        {
            return;
        }

        var confidential = GrainMessages.State(message).Where(m => Confidential.Any(word => m.Name.EndsWith(word, StringComparison.Ordinal)));

        Assert.DoesNotContain(Revealing, GrainMessages.Filled(message, confidential, Revealing).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_an_alias_of_its_own()
    {
        var aliases = GrainMessages.All.Select(t => t.GetCustomAttribute<AliasAttribute>()?.Alias).OfType<string>().ToList();

        Assert.Equal(aliases.Distinct(StringComparer.Ordinal).Count(), aliases.Count);
    }

    [Fact]
    public void Is_all_that_grain_interfaces_exchange_of_the_products_types()
    {
        var product = typeof(GrainMessageTests).Namespace!.Split(".Architecture")[0];
        var exchanged = GrainMessages.GrainInterfaces.SelectMany(i => i.GetMethods())
            .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
            .SelectMany(t => t.IsGenericType ? t.GetGenericArguments().Append(t) : [t])
            .Where(t => t.Namespace?.StartsWith(product, StringComparison.Ordinal) is true && !t.IsEnum && !t.IsAssignableTo(typeof(IGrain)));

        Assert.Empty(exchanged.Distinct().Except(GrainMessages.All));
    }
}
