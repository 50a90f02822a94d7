using System.Globalization;

namespace Otp.Cluster.Load;

/// <summary>What was asked of one target and answered, to be told if a promise breaks. Codes go by numbers.</summary>
internal sealed class Story
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _codes = [];

    public void Tell(string what, OtpAnswer answer)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{answer.At.Start.TotalSeconds,9:0.000}–{answer.At.End.TotalSeconds:0.000}  {what} → {(int)answer.Status}{(answer.Code is { } code ? $" {Name(code)}" : "")}{(answer.Attempts > 1 ? $" ({answer.Attempts} attempts)" : "")}{(answer.Failure is { } failure ? $" [{failure}]" : "")}");
        lock (_gate)
        {
            _lines.Add(line);
        }
    }

    /// <summary>A code's name.</summary>
    public string Name(string code)
    {
        lock (_gate)
        {
            var index = _codes.IndexOf(code);
            if (index < 0)
            {
                index = _codes.Count;
                _codes.Add(code);
            }

            return $"code {index + 1}";
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join(Environment.NewLine, _lines.Select(line => $"    {line}"));
        }
    }
}
