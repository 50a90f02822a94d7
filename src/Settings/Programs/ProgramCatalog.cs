using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Otp.Faults;

namespace Otp.Programs;

/// <summary>The programs in force. <see cref="ProgramReload"/> replaces them when the configuration changes.</summary>
public sealed class ProgramCatalog(IOptions<OtpOptions> options)
{
    private volatile ProgramSet _current = new(options.Value);

    /// <summary>The programs in force: read it once for each decision, because it may change between two reads.</summary>
    public ProgramSet Current => _current;

    /// <summary>Puts other programs in force, all at once.</summary>
    public void Replace(ProgramSet programs) => _current = programs;
}

/// <summary>All programs, their clients and the other settings that can change while the service runs, from one reading of the configuration.</summary>
public sealed class ProgramSet
{
    private readonly FrozenDictionary<string, OtpProgram> _programs;
    private readonly FrozenDictionary<string, ProgramClient> _clients;
    private readonly FrozenDictionary<string, string> _verifyUsers;

    public ProgramSet(OtpOptions service)
    {
        _programs = service.Programs.ToFrozenDictionary(p => p.Key, p => new OtpProgram(p.Key, p.Value, service), StringComparer.Ordinal);
        var services = _programs.Values.Select(p => p.Verify).OfType<VerifyService>().OrderBy(s => s.ServiceSid, StringComparer.Ordinal).ToList();
        _clients = _programs.Values.SelectMany(p => p.Clients.Values).Concat(services.SelectMany(s => s.Clients))
            .ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        _verifyUsers = services.SelectMany(s => s.Clients).DistinctBy(UserNameOf, StringComparer.Ordinal)
            .ToFrozenDictionary(UserNameOf, c => c.Id, StringComparer.Ordinal);
        Limits = service.Limits;
        TokenLifetime = service.Tokens.Lifetime;
        MostSecrets = _clients.Values.Select(c => c.Secrets.Length).Append(1).Max();
    }

    public int Count => _programs.Count;

    public IEnumerable<string> Ids => _programs.Keys;

    public LimitOptions Limits { get; }

    public TimeSpan TokenLifetime { get; }

    public int MostSecrets { get; }

    /// <summary>The program with this id.</summary>
    /// <exception cref="UnknownProgramException">This process' configuration does not name it. Another process' may.</exception>
    public OtpProgram Get(string id) => _programs.TryGetValue(id, out var program) ? program : throw new UnknownProgramException(id);

    /// <summary>The program with this id; null if this process' configuration does not name it.</summary>
    public OtpProgram? Find(string id) => _programs.GetValueOrDefault(id);

    /// <summary>The programs that are told of events.</summary>
    public IEnumerable<OtpProgram> WithEvents => _programs.Values.Where(static program => program.Events is not null);

    public bool TryGetClient(string id, [NotNullWhen(true)] out ProgramClient? client) => _clients.TryGetValue(id, out client);

    /// <summary>
    /// The id of the client that a user name stands for at a Verify service, whether there is one or not; if not, one of another service with
    /// that name, which can prove who it is, and is then told that it has no such service.
    /// </summary>
    public string VerifyClientIdOf(string serviceSid, string userName)
    {
        var own = VerifyService.ClientIdOf(serviceSid, userName);
        return _clients.ContainsKey(own) ? own : _verifyUsers.GetValueOrDefault(userName, own);
    }

    private static string UserNameOf(ProgramClient client) => client.Id[(client.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
