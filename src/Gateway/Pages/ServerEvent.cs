namespace Otp.Gateway.Pages;

/// <summary>One server-sent event.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="Json">Its data, in one line.</param>
/// <param name="Id">What a client that comes back says it had last; null for none.</param>
internal sealed record ServerEvent(string Name, ReadOnlyMemory<byte> Json, string? Id = null)
{
    /// <summary>Without the data: it may hold codes.</summary>
    public override string ToString() => Name;
}
