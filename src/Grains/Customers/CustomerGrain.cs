using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Customers;

/// <summary>Finds or creates the customer of one target and opens its sessions.</summary>
/// <remarks>
/// A session's token is derived from the proof of the verification with a secret key. So a repeated sign-in opens the same session, and no
/// token is stored.
/// </remarks>
[GrainType("customer")]
public sealed class CustomerGrain(
    RecordStorage storage,
    IOptions<OtpOptions> options,
    ServiceKeys keys,
    Seal seal,
    RandomNumberGenerator random,
    TimeProvider time) : Grain, ICustomerGrain
{
    /// <summary>How long a session lives.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);

    private StoredRecord<CustomerState> _record = null!;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<CustomerState>(storage, this.GetGrainId(), CustomerState.Empty, _ => NeededUntil());
        return Task.CompletedTask;
    }

    public async Task<SignInResult> SignIn(SignInRequest request)
    {
        var token = TokenFor(request.Verification);
        var session = new OpenSession(SessionToken.KeyOf(token), request.Verification.At.Add(SessionLifetime).UtcTicks);
        while (!await _record.TryCommitAsync(_record.State.Sessions.Contains(session) ? null : Admit(session, request.Name)))
        {
            // Another sign-in was written first; this one is added to it.
        }

        var identity = new Identity(
            _record.State.Id,
            request.Target.Channel == Channel.Email ? request.Target.Value : null,
            request.Target.Channel == Channel.Phone ? request.Target.Value : null,
            Name(),
            Verified: true,
            request.Verification.At,
            TrustLevel: "verified");
        await Open(session, token, identity);
        return new SignInResult(token, identity);
    }

    public async Task Erase()
    {
        await _record.ReadAsync();
        foreach (var session in _record.State.Sessions)
        {
            await GrainFactory.GetGrain<ISessionGrain>(session.Key).Close();
        }

        if (_record.RecordExists)
        {
            await _record.ClearAsync();
        }

        DeactivateOnIdle();
    }

    private long NeededUntil() => time.GetUtcNow().Add(options.Value.CustomerRetention).UtcTicks;

    private CustomerState Admit(OpenSession session, string? name)
    {
        var now = time.GetUtcNow().UtcTicks;
        var state = _record.State;
        return state with
        {
            Id = state.Id.Length > 0 ? state.Id : NewId(),
            SealedName = state.SealedName.IsEmpty && !string.IsNullOrEmpty(name)
                ? seal.Close(keys.Customer, Encoding.UTF8.GetBytes(name), Key)
                : state.SealedName,
            Sessions = state.Sessions.RemoveAll(s => s.ExpiresAt <= now).Add(session),
        };
    }

    private async Task Open(OpenSession session, string token, Identity identity)
    {
        var program = TargetIndex.ProgramOf(Key);
        var plain = JsonSerializer.SerializeToUtf8Bytes(identity, StateJson.Default.Identity);
        var ticket = new SessionTicket(
            program, seal.Close(Seal.KeyFrom(token), plain, session.Key), new DateTimeOffset(session.ExpiresAt, TimeSpan.Zero));
        await GrainFactory.GetGrain<ISessionGrain>(session.Key).Open(ticket);
    }

    private string? Name() =>
        _record.State.SealedName.IsEmpty ? null : Encoding.UTF8.GetString(Seal.Open(keys.Customer, _record.State.SealedName, Key));

    private string TokenFor(Verification verification)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(Key)];
        verification.Proof.TryWriteBytes(input);
        Encoding.UTF8.GetBytes(Key, input.AsSpan(16));
        return Base64Url.EncodeToString(HMACSHA256.HashData(keys.Session, input));
    }

    private string NewId()
    {
        Span<byte> id = stackalloc byte[12];
        random.GetBytes(id);
        return Convert.ToHexStringLower(id);
    }
}
