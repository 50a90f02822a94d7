namespace Otp.Fuzz;

public sealed class FuzzOptionsTests
{
    [Fact]
    public void Command_line_is_read()
    {
        var options = FuzzOptions.Parse(["--inputs", "500", "--seed", "3", "--only", "17"]);

        Assert.Equal((500, 3, 17), (options.Inputs, options.Seed, options.Only));
    }

    [Theory]
    [InlineData("--inputs")]
    [InlineData("--inputs", "many")]
    [InlineData("--seeds", "1")]
    public void Anything_else_is_refused(params string[] args) => Assert.Throws<FormatException>(() => FuzzOptions.Parse(args));

    [Theory]
    [InlineData]
    [InlineData("--server")]
    [InlineData("-class", "Some.Tests")]
    public void Runner_keeps_its_own_options(params string[] args) => Assert.False(FuzzOptions.Concern(args));
}
