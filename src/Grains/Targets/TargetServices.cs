using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Delivery;
using Otp.Faults;
using Otp.Programs;
using Otp.Storage;

namespace Otp.Targets;

/// <summary>What all target grains share. Each holds one reference to it instead of six of its own, which saves 40 bytes a target.</summary>
public sealed partial class TargetServices(
    ProgramCatalog programs,
    OneTimeCodes codes,
    CodeDelivery delivery,
    RandomNumberGenerator random,
    TimeProvider time,
    RecordStorage storage,
    IOptions<OtpOptions> options,
    ILogger<TargetServices> logger)
{
    private readonly ConditionalWeakTable<OtpProgram, TargetRules> _rules = [];

    public OneTimeCodes Codes => codes;

    public CodeDelivery Delivery => delivery;

    public TimeProvider Time => time;

    public RecordStorage Storage => storage;

    /// <summary>Whether answers carry codes (<c>Otp:ExposeCodes</c>).</summary>
    public bool ExposeCodes { get; } = options.Value.ExposeCodes;

    /// <summary>The programs in force now.</summary>
    public ProgramSet Programs => programs.Current;

    /// <summary>The rules for a target's grain key; one object for all targets of a program.</summary>
    /// <exception cref="UnknownProgramException">This silo's settings do not name the program, or not yet.</exception>
    public TargetRules RulesOf(ProgramSet set, string grainKey)
    {
        try
        {
            return _rules.GetValue(set.Get(TargetIndex.ProgramOf(grainKey)), static program => new TargetRules(program));
        }
        catch (UnknownProgramException exception)
        {
            LogUnknownProgram(exception.Program);
            throw;
        }
    }

    /// <summary>What is special about a target whose code for a purpose is fixed now and not delivered; null for any other.</summary>
    public TestTarget? FindTest(OtpProgram program, Target target, Purpose purpose) =>
        program.HasTestTargets && program.PolicyFor(purpose).AllowTestTargets ? program.FindTestTarget(target, time.GetUtcNow().UtcTicks) : null;

    /// <summary>Whether a guess is the live code; takes the same time wherever they differ.</summary>
    public bool Matches(LiveCode code, OtpProgram program, VerifyRequest request) =>
        FindTest(program, request.Target, code.Purpose) is { } test
            ? CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(test.Code), Encoding.UTF8.GetBytes(request.Code))
            : codes.Matches(code, program.Id, request.Target, request.Code);

    /// <summary>128 bits that nobody can predict.</summary>
    public Guid NextNonce()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return new Guid(bits);
    }

    [LoggerMessage(1010, LogLevel.Warning, "A gateway asks for program {Program}, which this silo's settings do not name (Otp:Programs): their settings differ")]
    private partial void LogUnknownProgram(string program);
}
