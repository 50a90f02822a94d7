using System.Buffers;
using System.Text;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Protocol;

public sealed class RespParserTests
{
    [Theory]
    [InlineData("+OK\r\n", "OK")]
    [InlineData("+\r\n", "")]
    [InlineData("-ERR no\r\n", "!ERR no")]
    [InlineData(":-42\r\n", "-42")]
    [InlineData(":+7\r\n", "7")]
    [InlineData("$5\r\na\r\nbc\r\n", "a\r\nbc")]
    [InlineData("$0\r\n\r\n", "")]
    [InlineData("$-1\r\n", "null")]
    [InlineData("*-1\r\n", "null")]
    [InlineData("*0\r\n", "[]")]
    [InlineData("*3\r\n:1\r\n*2\r\n$1\r\nx\r\n$-1\r\n-E\r\n", "[1,[x,null],!E]")]
    [InlineData("_\r\n", "null")]
    [InlineData("#t\r\n", "1")]
    [InlineData("#f\r\n", "0")]
    [InlineData(",1.5\r\n", "1.5")]
    [InlineData("(123456789012345678901234567890\r\n", "123456789012345678901234567890")]
    [InlineData("!5\r\nERR x\r\n", "!ERR x")]
    [InlineData("=7\r\ntxt:abc\r\n", "abc")]
    [InlineData("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n", "[a,1,b,2]")]
    [InlineData("~2\r\n:1\r\n:2\r\n", "[1,2]")]
    [InlineData(">2\r\n+invalidate\r\n*0\r\n", ">[invalidate,[]]")]
    [InlineData("|1\r\n+ttl\r\n:3\r\n+OK\r\n", "OK")]
    [InlineData("*2\r\n|1\r\n+ttl\r\n:3\r\n:1\r\n:2\r\n", "[1,2]")]
    public void A_reply_is_read_wherever_its_bytes_are_cut(string bytes, string expected)
    {
        var whole = Encoding.Latin1.GetBytes(bytes);
        for (var cut = 0; cut < whole.Length; cut++)
        {
            var part = new ReadOnlySequence<byte>(whole, 0, cut);
            Assert.False(RespParser.TryRead(ref part, out _));
            Assert.Equal(cut, part.Length);

            var pieces = Sequence(whole[..cut], whole[cut..]);
            Assert.True(RespParser.TryRead(ref pieces, out var value));
            Assert.Equal(expected, Text(value));
            Assert.True(pieces.IsEmpty);
        }

        var single = Sequence([.. whole.Select(b => new[] { b })]);
        Assert.True(RespParser.TryRead(ref single, out var last));
        Assert.Equal(expected, Text(last));
    }

    [Fact]
    public void Replies_in_a_row_are_read_one_after_another()
    {
        var buffer = new ReadOnlySequence<byte>("+a\r\n:2\r\n$1\r\nc\r\n+d"u8.ToArray());

        var read = new List<string>();
        while (RespParser.TryRead(ref buffer, out var value))
            read.Add(Text(value));

        Assert.Equal(["a", "2", "c"], read);
        Assert.Equal(2, buffer.Length);
    }

    [Fact]
    public void A_long_string_comes_whole()
    {
        var content = new byte[5 << 20];
        new Random(1).NextBytes(content);
        var reply = Encoding.Latin1.GetBytes($"${content.Length}\r\n").Concat(content).Concat("\r\n"u8.ToArray()).ToArray();
        var buffer = Sequence([.. reply.Chunk(64 << 10)]);

        Assert.True(RespParser.TryRead(ref buffer, out var value));
        Assert.Equal(content, value.Bytes);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("\0\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("*-7\r\n")]
    [InlineData("$x\r\n")]
    [InlineData("$\r\n")]
    [InlineData("$1x\r\n")]
    [InlineData("$2147483647\r\n")]
    [InlineData("*2147483647\r\n")]
    [InlineData("*1048577\r\n")]
    [InlineData("$99999999999999999999\r\n")]
    [InlineData("$?\r\n")]
    [InlineData("$1\r\nabc")]
    [InlineData(":\r\n")]
    [InlineData(":12345678901234567890123\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    public void What_is_not_RESP_is_refused(string bytes) =>
        Assert.Throws<RedisProtocolException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(bytes));
            RespParser.TryRead(ref buffer, out _);
        });

    [Fact]
    public void A_line_without_end_is_refused() =>
        Assert.Throws<RedisProtocolException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>([(byte)'+', .. Enumerable.Repeat((byte)'x', 70_000)]);
            RespParser.TryRead(ref buffer, out _);
        });

    [Fact]
    public void A_length_that_is_only_claimed_allocates_nothing()
    {
        var bytes = "*1000000\r\n$60000000\r\n"u8.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.False(RespParser.TryRead(ref buffer, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void Random_bytes_are_refused_or_incomplete_but_never_a_fault()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 40)];
            for (var j = 0; j < bytes.Length; j++)
                bytes[j] = (byte)"$*:+-_#,(!=%~>|0123456789\r\n\r\n\r\nx"[random.Next(32)];
            var buffer = new ReadOnlySequence<byte>(bytes);
            try
            {
                while (!buffer.IsEmpty && RespParser.TryRead(ref buffer, out _))
                {
                }
            }
            catch (RedisProtocolException)
            {
                // One of the two answers allowed.
            }
        }
    }

    private static string Text(RespValue value) => value.Kind switch
    {
        RespKind.Null => "null",
        RespKind.Error => "!" + value.AsText(),
        RespKind.Array => $"[{string.Join(',', value.Items.Select(Text))}]",
        RespKind.Push => $">[{string.Join(',', value.Items.Select(Text))}]",
        _ => value.AsText()!,
    };

    private static ReadOnlySequence<byte> Sequence(params byte[][] pieces)
    {
        var first = new Piece(pieces[0], runningIndex: 0);
        var last = first;
        foreach (var piece in pieces.Skip(1))
            last = last.Append(piece);
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long runningIndex)
        {
            Memory = bytes;
            RunningIndex = runningIndex;
        }

        public Piece Append(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
