namespace Otp.Conformance.Scripted;

/// <summary>A grain that does what the test's <see cref="Script"/> says, one method for each shape of a call.</summary>
[Alias("otp.conformance.scripted")]
public interface IScriptedGrain : IGrainWithStringKey
{
    Task Do(string step);

    Task DoUntil(string step, CancellationToken cancellationToken);

    Task<string> Ask(string step);

    [ResponseTimeout("00:00:00.400")]
    Task DoSoon(string step);

    ValueTask DoQuickly(string step);

    ValueTask<string> AskQuickly(string step);
}
