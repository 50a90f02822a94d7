using System.Text;

namespace Otp.Fuzz.Http;

/// <summary>A reader that misses an answer, or its end, finds nothing.</summary>
public sealed class HttpAnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", 500)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", 200)]
    public void Whole_answer_is_known_as_one(string text, int status)
    {
        var answer = Read(text);

        Assert.Equal((status, true), (answer.Status, answer.IsWhole));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")]
    public void Part_of_an_answer_is_waited_for(string text) => Assert.False(Read(text).IsWhole);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Injected: 1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("hello\r\n\r\n")]
    public void Answer_that_is_none_is_a_fault(string text) => Assert.NotNull(Read(text).Fault);

    private static HttpAnswer Read(string text) => HttpAnswer.Read(Encoding.Latin1.GetBytes(text));
}
