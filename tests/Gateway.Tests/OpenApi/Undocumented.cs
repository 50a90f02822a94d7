namespace Otp.Gateway.Tests.OpenApi;

/// <summary>What the gateway answers that is not part of the API.</summary>
internal static class Undocumented
{
    private static readonly (string Path, string Reason)[] Paths =
    [
        ("/", "leads to the page below"),
        ("/docs", "a page for people: Swagger UI and its files"),
        ("/ops", "a page for people, and the figures that it alone shows"),
        ("/assets", "what the pages refer to"),
        ("/receipts", "what providers call, each at an address that it was given with a message"),
        ("/dev/inbox/stream", "what the inbox' page alone reads"),
    ];

    public static IEnumerable<string> All => Paths.Select(known => known.Path);

    /// <summary>Whether a path, or what lies under it, is left out of the document on purpose.</summary>
    public static bool Contains(string path) => Paths.Any(known =>
        path.Equals(known.Path, StringComparison.OrdinalIgnoreCase) || path.StartsWith(known.Path + "/", StringComparison.OrdinalIgnoreCase));
}
