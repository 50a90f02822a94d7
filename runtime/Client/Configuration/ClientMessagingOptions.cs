namespace Orleans.Configuration;

/// <summary>How calls of a client behave.</summary>
public class ClientMessagingOptions : MessagingOptions;
