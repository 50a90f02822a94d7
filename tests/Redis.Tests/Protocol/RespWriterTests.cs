using System.Buffers;
using System.Text;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Protocol;

public sealed class RespWriterTests
{
    [Fact]
    public void A_command_is_an_array_of_bulk_strings()
    {
        var output = new ArrayBufferWriter<byte>();

        RespWriter.WriteCommand(output, "SET", "ключ", new byte[] { 0, 13, 10, 255 }, 42, string.Empty);

        Assert.Equal(
            $"*5\r\n$3\r\nSET\r\n$8\r\n{Latin("ключ")}\r\n$4\r\n\0\r\n\u00FF\r\n$2\r\n42\r\n$0\r\n\r\n",
            Encoding.Latin1.GetString(output.WrittenSpan));
    }

    [Fact]
    public void An_argument_never_shows_its_content() => Assert.Equal("6 bytes", ((RedisArgument)"secret").ToString());

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
