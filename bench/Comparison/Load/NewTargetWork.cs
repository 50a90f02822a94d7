using System.Buffers.Text;

namespace Otp.Bench.Comparison.Load;

/// <summary>Sends, every one to a target never seen, whose codes it keeps.</summary>
internal sealed class NewTargetWork(RequestTemplate template, TargetNumbers numbers, int limit = int.MaxValue) : Work("send", template, 200)
{
    private readonly List<SentCode> _codes = [];
    private int _sent;

    /// <summary>The targets and the codes that they got.</summary>
    public IReadOnlyList<SentCode> Codes => _codes;

    public override int? Next()
    {
        if (_sent == limit)
        {
            return null;
        }

        _sent++;
        var number = numbers.Next();
        Template.SetNumber(number);
        return number;
    }

    protected override void Answered(int item, ReadOnlySpan<byte> body)
    {
        var code = body.IndexOf("\"mockCode\":\""u8);
        if (code >= 0 && Utf8Parser.TryParse(body[(code + 12)..], out int digits, out _))
        {
            _codes.Add(new SentCode(item, digits));
        }
    }
}
