using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Otp.Delivery;
using Orleans.Otp.Programs;
using Orleans.Otp.Storage;
using Orleans.Storage;

namespace Orleans.Otp.Targets;

/// <summary>What every target's grain shares, in one reference: a million grains of six references each would be felt.</summary>
public sealed class TargetServices(
    ProgramCatalog programs,
    OneTimeCodes codes,
    CodeDelivery delivery,
    RandomNumberGenerator random,
    TimeProvider time,
    [FromKeyedServices(StorageNames.Otp)] IGrainStorage storage,
    IOptions<OtpOptions> options)
{
    private readonly ConcurrentDictionary<OtpProgram, TargetRules> _rules = new();

    public OneTimeCodes Codes => codes;

    public CodeDelivery Delivery => delivery;

    public TimeProvider Time => time;

    public IGrainStorage Storage => storage;

    /// <summary>Whether answers carry codes (<c>Otp:ExposeCodes</c>).</summary>
    public bool ExposeCodes { get; } = options.Value.ExposeCodes;

    /// <summary>The program of a target's grain key.</summary>
    public OtpProgram ProgramOf(string grainKey) => programs.Get(TargetIndex.ProgramOf(grainKey));

    /// <summary>The rules of a program; one object for all its targets.</summary>
    public TargetRules RulesOf(OtpProgram program) => _rules.GetOrAdd(program, static p => new TargetRules(p));

    /// <summary>128 bits that nobody can predict.</summary>
    public Guid NextNonce()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return new Guid(bits);
    }
}
