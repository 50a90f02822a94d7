namespace Otp.Customers;

/// <summary>Asks whose session a token opens.</summary>
[GenerateSerializer, Immutable, Alias("otp.SessionQuery")]
public sealed record SessionQuery([property: Id(0)] string Program, [property: Id(1)] string SessionToken)
{
    public override string ToString() => $"{nameof(SessionQuery)} {Program}";
}
