namespace Orleans.Configuration;

/// <summary>How calls of a silo behave.</summary>
public class SiloMessagingOptions : MessagingOptions;
