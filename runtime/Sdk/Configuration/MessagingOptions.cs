namespace Orleans.Configuration;

/// <summary>How calls behave; bound to the section <c>Orleans:Messaging</c>.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer, unless <see cref="ResponseTimeoutAttribute"/> says otherwise.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
