using System.Text.Json;
using System.Text.RegularExpressions;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>One method of one path of the document.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonElement Json)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex _path = new(
        $"^{Regex.Replace(Path, @"\{\w+\}", "[^/]+", RegexOptions.None, MatchTimeout)}/?$", RegexOptions.IgnoreCase, MatchTimeout);

    public JsonElement Responses => Json.GetProperty("responses");

    /// <summary>As routing reads it: letters in either case, with or without a slash at the end.</summary>
    public bool Matches(string path) => _path.IsMatch(path);

    public override string ToString() => $"{Method} {Path}";
}
