using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Otp.Faults;

namespace Otp.Programs;

/// <summary>All programs and their clients, and what else can change while the service runs, as one reading of the configuration has them.</summary>
public sealed class ProgramSet
{
    private readonly FrozenDictionary<string, OtpProgram> _programs;
    private readonly FrozenDictionary<string, OtpClient> _clients;

    public ProgramSet(OtpOptions service)
    {
        _programs = service.Programs
            .Select(p => new OtpProgram(p.Key, p.Value, service))
            .ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        _clients = _programs.Values.SelectMany(p => p.Clients.Values).ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        Limits = service.Limits;
        TokenLifetime = service.Tokens.Lifetime;
        MostSecrets = _clients.Values.Select(c => c.Secrets.Length).Append(1).Max();
    }

    /// <summary>How many programs there are.</summary>
    public int Count => _programs.Count;

    /// <summary>Limits on callers.</summary>
    public LimitOptions Limits { get; }

    /// <summary>How long an access token is valid.</summary>
    public TimeSpan TokenLifetime { get; }

    /// <summary>The most secrets that any client has.</summary>
    public int MostSecrets { get; }

    /// <summary>The program with this id.</summary>
    /// <exception cref="UnknownProgramException">This process' configuration does not name it, or not yet: others' may.</exception>
    public OtpProgram Get(string id) =>
        _programs.TryGetValue(id, out var program)
            ? program
            : throw new UnknownProgramException(id);

    /// <summary>The client with this id.</summary>
    public bool TryGetClient(string id, [NotNullWhen(true)] out OtpClient? client) => _clients.TryGetValue(id, out client);
}
