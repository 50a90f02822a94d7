using System.Text;
using System.Text.Json.Nodes;
using Otp.Fuzz.Inputs;

namespace Otp.Fuzz.Api;

/// <summary>One call as a well-behaved client makes it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path; parameters in braces.</param>
/// <param name="NeedsToken">Whether it needs a bearer token.</param>
/// <param name="MediaType">The media type of its body; null for no body.</param>
/// <param name="Bodies">Bodies that it takes, as JSON, also where they are sent as a form.</param>
internal sealed record ApiCall(string Method, string Path, bool NeedsToken, string? MediaType = null, params IReadOnlyList<JsonObject> Bodies)
{
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>A request that the gateway understands.</summary>
    public RawRequest ToRequest(Random random)
    {
        var request = new RawRequest { Method = Method, Target = Vocabulary.FillPath(Path, random) };
        request.Headers.Add(("Host", "localhost"));
        if (NeedsToken)
        {
            request.Headers.Add(("Authorization", $"Bearer {RawRequest.TokenMark}"));
        }

        if (MediaType is not null)
        {
            request.Headers.Add(("Content-Type", MediaType));
            request.Body = ToBody(Bodies[random.Next(Bodies.Count)], random);
        }

        return request;
    }

    public override string ToString() => $"{Method} {Path}";

    private byte[] ToBody(JsonObject example, Random random)
    {
        var body = example.DeepClone().AsObject();
        foreach (var (name, value) in example)
        {
            if (value?.GetValueKind() == System.Text.Json.JsonValueKind.String && Vocabulary.IsAddress(value.GetValue<string>()))
            {
                body[name] = Vocabulary.Address(random);
            }
        }

        return Encoding.UTF8.GetBytes(MediaType == Form
            ? string.Join('&', body.Select(member => $"{member.Key}={Uri.EscapeDataString(member.Value?.ToString() ?? "")}"))
            : body.ToJsonString());
    }
}
