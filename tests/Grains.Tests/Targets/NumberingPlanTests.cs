using System.Globalization;
using System.Text.RegularExpressions;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class NumberingPlanTests
{
    private static readonly string[][] Rows = [.. ReadRows()];

    [Fact]
    public void Data_file_has_seven_fields_a_line_none_empty()
    {
        Assert.NotEmpty(Rows);
        Assert.All(Rows, row => Assert.Equal(7, row.Length));
        Assert.All(Rows.SelectMany(row => row), field => Assert.False(string.IsNullOrWhiteSpace(field)));
    }

    [Fact]
    public void Lines_are_in_the_order_of_the_codes_and_within_one_of_the_regions_after_the_main_one()
    {
        var codes = Rows.Select(Code).ToArray();
        Assert.Equal(codes.Order(), codes);
        Assert.All(Rows.GroupBy(Code), code =>
        {
            var others = code.Skip(1).Select(row => row[1]).ToArray();
            Assert.Equal(others.Order(StringComparer.Ordinal), others);
        });
    }

    [Fact]
    public void Every_region_stands_once_and_every_code_without_one_too()
    {
        var names = Rows.Select(row => row[1] == "001" ? row[0] : row[1]).ToArray();
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Regions_are_those_of_ISO_3166_and_readable_in_either_case() =>
        Assert.All(Rows.Select(row => row[1]).Where(region => region != "001"), region =>
        {
            Assert.Matches("^[A-Z]{2}$", region);
            Assert.True(NumberingPlan.IsRegion(region));
            Assert.True(NumberingPlan.IsRegion(region.ToLowerInvariant()));
        });

    [Fact]
    public void Every_code_is_assigned_and_none_begins_another()
    {
        var codes = Rows.Select(row => row[0]).Distinct(StringComparer.Ordinal).ToArray();
        Assert.All(codes, code => Assert.Equal(int.Parse(code, CultureInfo.InvariantCulture), NumberingPlan.CallingCodeOf($"+{code}5550100")));
        Assert.All(codes, code => Assert.DoesNotContain(codes, other => other != code && other.StartsWith(code, StringComparison.Ordinal)));
    }

    [Fact]
    public void Main_region_of_a_code_is_its_first()
    {
        Assert.Equal("US", Rows.First(row => row[0] == "1")[1]);
        Assert.Equal("GB", Rows.First(row => row[0] == "44")[1]);
        Assert.Equal("RU", Rows.First(row => row[0] == "7")[1]);
        Assert.Equal("IT", Rows.First(row => row[0] == "39")[1]);
        Assert.Equal("AU", Rows.First(row => row[0] == "61")[1]);
    }

    [Fact]
    public void No_prefix_or_pattern_repeats_anything_without_bound() =>
        Assert.All(Rows.SelectMany(row => (string[])[row[3], row[5], row[6]]), expression =>
        {
            Assert.DoesNotContain('*', expression);
            Assert.DoesNotContain('+', expression);
            Assert.DoesNotContain(",}", expression, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_prefix_and_pattern_is_an_expression() =>
        Assert.All(Rows.SelectMany(row => (string[])[row[3], row[5], row[6]]), expression =>
            Assert.NotNull(new Regex(expression, RegexOptions.NonBacktracking)));

    [Theory]
    [InlineData("+12125550100", 1)]
    [InlineData("+12684601234", 1)]
    [InlineData("+442079460018", 44)]
    [InlineData("+353850123456", 353)]
    [InlineData("+88312345678", 883)]
    [InlineData("+999123456", 0)]
    [InlineData("+044123456", 0)]
    [InlineData("442079460018", 0)]
    [InlineData("+", 0)]
    [InlineData("", 0)]
    [InlineData("+４４2079460018", 0)]
    [InlineData("jane@example.com", 0)]
    public void Calling_code_of_a_number_is_found_by_its_first_digits(string number, int code) =>
        Assert.Equal(code, NumberingPlan.CallingCodeOf(number));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("001")]
    [InlineData("ZZ")]
    [InlineData("GBR")]
    public void Anything_but_a_region_of_the_plan_is_none(string? region) => Assert.False(NumberingPlan.IsRegion(region));

    private static int Code(string[] row) => int.Parse(row[0], CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> ReadRows()
    {
        using var stream = typeof(NumberingPlan).Assembly.GetManifestResourceStream("numbering-plan.tsv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line.Split('\t');
            }
        }
    }
}
