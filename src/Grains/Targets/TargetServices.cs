using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Customers;
using Otp.Delivery;
using Otp.Events;
using Otp.Faults;
using Otp.Programs;
using Otp.Storage;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>The services that all target grains share, behind one reference, which saves memory in each of a million grains.</summary>
public sealed partial class TargetServices(
    ProgramCatalog programs,
    OneTimeCodes codes,
    CodeDelivery delivery,
    RandomNumberGenerator random,
    TimeProvider time,
    RecordStorage storage,
    SignIn signIn,
    VerificationRecords verifications,
    EventRecords events,
    MessageReceipts receipts,
    IOptions<OtpOptions> options,
    ILogger<TargetServices> logger)
{
    public OneTimeCodes Codes => codes;

    public CodeDelivery Delivery => delivery;

    public TimeProvider Time => time;

    public RecordStorage Storage => storage;

    public SignIn SignIn => signIn;

    public VerificationRecords Verifications => verifications;

    public EventRecords Events => events;
    public MessageReceipts Receipts => receipts;

    /// <summary>Whether answers carry codes (<c>Otp:ExposeCodes</c>).</summary>
    public bool ExposeCodes { get; } = options.Value.ExposeCodes;

    /// <summary>The programs in force.</summary>
    public ProgramSet Programs => programs.Current;

    /// <summary>The rules for the target with this grain key.</summary>
    /// <exception cref="UnknownProgramException">This silo's settings do not name the program.</exception>
    public TargetRules RulesOf(ProgramSet set, string grainKey)
    {
        try
        {
            return new TargetRules(set.Get(TargetIndex.ProgramOf(grainKey)), options.Value.CustomerRetention);
        }
        catch (UnknownProgramException exception)
        {
            LogUnknownProgram(exception.Program);
            throw;
        }
    }

    /// <summary>The fixed code of a test target; null for any other target, or if the purpose does not allow test targets.</summary>
    public TestTarget? FindTest(OtpProgram program, Target target, Purpose purpose) =>
        program.HasTestTargets && program.PolicyFor(purpose).AllowTestTargets ? program.FindTestTarget(target, time.GetUtcNow().UtcTicks) : null;

    /// <summary>Whether a guess is the live code, for the same payment, compared in constant time.</summary>
    public bool Matches(LiveCode code, OtpProgram program, VerifyRequest request) =>
        (FindTest(program, request.Target, code.Purpose) is { } test
            ? CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(test.Code), Encoding.UTF8.GetBytes(request.Code))
            : codes.Matches(code, program.Id, program.MailboxOf(request.Target), request.Code))
        & verifications.IsFor(code, request.Verification?.Payment);

    /// <summary>128 bits that nobody can predict.</summary>
    public Guid NextNonce()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return new Guid(bits);
    }

    [LoggerMessage(1010, LogLevel.Warning, "A gateway calls for program {Program}, which this silo's settings do not name (Otp:Programs): their settings differ")]
    private partial void LogUnknownProgram(string program);
}
