using System.Runtime.CompilerServices;
using Otp.Programs;

namespace Otp.Delivery;

/// <summary>The operators' messages of every program, compiled when the program is first used and forgotten with it.</summary>
public sealed class MessageTemplates(TemplateCompiler compiler)
{
    private readonly ConditionalWeakTable<OtpProgram, ProgramTemplates> _programs = [];

    internal ProgramTemplates Of(OtpProgram program) =>
        _programs.TryGetValue(program, out var templates)
            ? templates
            : _programs.GetValue(program, made => new ProgramTemplates(made, compiler));
}
