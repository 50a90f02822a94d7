using Otp.Programs;

namespace Otp.Delivery;

/// <summary>Program 19, as the settings of a test make it.</summary>
internal static class TestProgram
{
    public const string Id = "19";

    public static OtpProgram Named(string name) => Of(program => program.Name = name);

    public static OtpProgram Of(Action<ProgramOptions> configure, Action<OtpOptions>? configureService = null)
    {
        var program = new ProgramOptions { Name = "Demo" };
        configure(program);
        var service = new OtpOptions { Programs = { [Id] = program } };
        configureService?.Invoke(service);
        return new OtpProgram(Id, program, service);
    }
}
