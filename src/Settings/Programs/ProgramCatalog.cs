using Microsoft.Extensions.Options;

namespace Otp.Programs;

/// <summary>The programs that are in force now. <see cref="ProgramReload"/> replaces them when the configuration changes.</summary>
public sealed class ProgramCatalog(IOptions<OtpOptions> options)
{
    private volatile ProgramSet _current = new(options.Value);

    /// <summary>What is in force: read it once for each decision, for the next reading may be another.</summary>
    public ProgramSet Current => _current;

    /// <summary>Puts other programs in force, all at once.</summary>
    public void Replace(ProgramSet programs) => _current = programs;
}
