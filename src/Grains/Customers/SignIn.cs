using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Customers;

/// <summary>Signs a customer in with a right code, and recognises the sessions that were opened.</summary>
/// <remarks>
/// A token's secret is derived, with a secret key, from the nonce of the code that opened the session. So a repeat of the verify gets the same
/// token, and no token is stored.
/// </remarks>
public sealed class SignIn(ServiceKeys keys, Seal seal, RandomNumberGenerator random, IOptions<OtpOptions> options)
{
    private const int IdSize = 12;

    private readonly KeyedHash _secrets = new(keys.Session);
    private readonly KeyedHash _hashes = new(keys.SessionHash);
    private readonly TimeSpan _lifetime = options.Value.SessionLifetime;

    /// <summary>The customer with one more session: found or created.</summary>
    /// <param name="customer">The customer; null if the target has none.</param>
    /// <param name="grainKey">The key of the target's grain.</param>
    /// <param name="name">The name that the call brings.</param>
    /// <param name="code">The nonce of the code that was right.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public Customer Open(Customer? customer, string grainKey, Target target, string? name, Guid code, long now)
    {
        customer ??= Create(grainKey, target, now);
        if (!string.IsNullOrEmpty(name) && DetailsOf(customer, grainKey) is { Name: null } details)
        {
            customer = customer with { Sealed = Close(details with { Name = name }, grainKey) };
        }

        Span<byte> secret = stackalloc byte[SessionToken.SecretSize];
        SecretOf(code, grainKey, secret);
        return customer.Open(new OpenSession(HashOf(secret), now, now + _lifetime.Ticks));
    }

    /// <summary>Tells the caller the session that a code opened.</summary>
    /// <param name="grainKey">The key of the target's grain.</param>
    /// <param name="code">The nonce of the code.</param>
    /// <param name="at">When it was right, in UTC ticks.</param>
    public SignInResult ResultOf(Customer customer, string grainKey, Guid code, long at)
    {
        Span<byte> secret = stackalloc byte[SessionToken.SecretSize];
        SecretOf(code, grainKey, secret);
        return new SignInResult(SessionToken.Compose(secret, grainKey), IdentityOf(customer, grainKey, at));
    }

    /// <summary>Whose session it is; null if it is not open.</summary>
    public Identity? Find(Customer customer, string grainKey, SessionQuery query)
    {
        var hash = HashOf(query.Secret.AsSpan());
        return customer.Sessions.FirstOrDefault(session => session.Hash == hash) is { } open ? IdentityOf(customer, grainKey, open.OpenedAt) : null;
    }

    /// <summary>The customer without the session; the same object if it is not open.</summary>
    public Customer End(Customer customer, SessionQuery query) => customer.End(HashOf(query.Secret.AsSpan()));

    private Customer Create(string grainKey, Target target, long now)
    {
        Span<byte> id = stackalloc byte[IdSize];
        random.GetBytes(id);
        var details = new CustomerDetails(target.Channel, target.Value, Name: null);
        return new Customer(Convert.ToHexStringLower(id), Close(details, grainKey), now, now, []);
    }

    private Identity IdentityOf(Customer customer, string grainKey, long at)
    {
        var details = DetailsOf(customer, grainKey);
        return new Identity(
            customer.Id,
            details.Channel == Channel.Email ? details.Address : null,
            details.Channel == Channel.Phone ? details.Address : null,
            details.Name,
            Verified: true,
            new DateTimeOffset(at, TimeSpan.Zero),
            TrustLevel: "verified");
    }

    private ImmutableArray<byte> Close(CustomerDetails details, string grainKey) =>
        seal.Close(keys.Customer, JsonSerializer.SerializeToUtf8Bytes(details, StateJson.Default.CustomerDetails), grainKey);

    private CustomerDetails DetailsOf(Customer customer, string grainKey) =>
        JsonSerializer.Deserialize(Seal.Open(keys.Customer, customer.Sealed, grainKey), StateJson.Default.CustomerDetails)!;

    private void SecretOf(Guid code, string grainKey, Span<byte> secret)
    {
        var size = 16 + Encoding.UTF8.GetByteCount(grainKey);
        Span<byte> input = size <= 256 ? stackalloc byte[size] : new byte[size];
        code.TryWriteBytes(input);
        Encoding.UTF8.GetBytes(grainKey, input[16..]);
        _secrets.Compute(input, secret);
    }

    private Guid HashOf(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        _hashes.Compute(secret, hash);
        return new Guid(hash[..16]);
    }
}
