namespace Otp.OrleansAssumptions.Scripted;

/// <summary>A grain that does what the test's <see cref="Script"/> says.</summary>
[Alias("otp.assumptions.scripted")]
public interface IScriptedGrain : IGrainWithStringKey
{
    Task Do(string step);
}
