using System.Diagnostics.CodeAnalysis;

namespace Otp.Faults;

/// <summary>This process' settings do not name a program that another process' do, or not yet.</summary>
[GenerateSerializer, Immutable, Alias("otp.UnknownProgramException")]
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It is thrown in one place.")]
public sealed class UnknownProgramException(string program) : OrleansException($"Program '{program}' is not in this process' settings (Otp:Programs:{program}).")
{
    [Id(0)]
    public string Program { get; } = program;
}
