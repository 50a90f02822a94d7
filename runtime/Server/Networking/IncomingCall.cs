namespace Orleans.Runtime;

/// <summary>A call of another process that is not answered yet.</summary>
internal sealed class IncomingCall(SiloConnection connection, uint id, GrainRequest request, CancellationTokenSource? cancellation, Task answer)
{
    /// <summary>Answers it when it has ended.</summary>
    internal void AnswerWhenEnded()
    {
        if (answer.IsCompleted)
        {
            Answer();
        }
        else
        {
            answer.GetAwaiter().UnsafeOnCompleted(Answer);
        }
    }

    private void Answer()
    {
        connection.Answer(id, request, answer);
        cancellation?.Dispose();
    }
}
