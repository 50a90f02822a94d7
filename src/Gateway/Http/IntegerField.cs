using System.Runtime.InteropServices;

namespace Otp.Gateway.Http;

/// <summary>An integer member of a request body and what is asked of it.</summary>
internal sealed record IntegerField(string Name, long Least, long Most)
{
    /// <summary>Reads a value, which must be written as an integer: no fraction, no exponent.</summary>
    /// <returns>What is wrong, or null.</returns>
    public FieldFault? Read(JsonElement value, out long number)
    {
        number = 0;
        if (value.ValueKind != JsonValueKind.Number)
        {
            return FieldFault.NotInteger;
        }

        var text = JsonMarshal.GetRawUtf8Value(value);
        if (text.ContainsAny(".eE"u8))
        {
            return FieldFault.NotInteger;
        }

        var isNegative = text[0] == (byte)'-';
        if (!value.TryGetInt64(out number))
        {
            number = isNegative ? long.MinValue : long.MaxValue;
        }

        if (Least == Most && number != Least)
        {
            return FieldFault.NotExactly(Least);
        }

        if (number < Least || (isNegative && Least >= 0))
        {
            return FieldFault.TooSmall(Least);
        }

        return number > Most ? FieldFault.TooLarge(Most) : null;
    }
}
