using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Orleans.Otp.Programs;

/// <summary>All programs that the configuration names, and their clients.</summary>
public sealed class ProgramCatalog
{
    private readonly FrozenDictionary<string, OtpProgram> _programs;
    private readonly FrozenDictionary<string, OtpProgram> _byClient;

    public ProgramCatalog(IOptions<OtpOptions> options)
    {
        var service = options.Value;
        _programs = service.Programs
            .Select(p => new OtpProgram(p.Key, p.Value, service))
            .ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        _byClient = _programs.Values
            .SelectMany(p => p.Clients.Keys.Select(client => (client, program: p)))
            .ToFrozenDictionary(x => x.client, x => x.program, StringComparer.Ordinal);
    }

    /// <summary>The program with this id.</summary>
    /// <exception cref="KeyNotFoundException">This process' configuration does not name it.</exception>
    public OtpProgram Get(string id) =>
        _programs.TryGetValue(id, out var program)
            ? program
            : throw new KeyNotFoundException($"Program '{id}' is not in this process' configuration (Otp:Programs:{id}).");

    /// <summary>How long any rule of any program can still need to know about a target after its latest change.</summary>
    public TimeSpan LongestMemory =>
        _programs.Values.Select(p => p.LongestMemory).Append(TimeSpan.FromDays(1)).Max();

    /// <summary>The program that a client belongs to.</summary>
    public bool TryGetByClient(string clientId, [NotNullWhen(true)] out OtpProgram? program) => _byClient.TryGetValue(clientId, out program);
}
