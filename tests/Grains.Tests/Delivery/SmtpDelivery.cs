namespace Otp.Delivery;

/// <summary>Delivery by the <c>smtp</c> provider to a server of the test.</summary>
internal static class SmtpDelivery
{
    /// <summary>To a sink, in clear unless the test says otherwise.</summary>
    public static DeliveryFixture To(SmtpSink sink, Action<SmtpOptions>? configure = null) => To(sink.Port, configure);

    /// <summary>To whatever listens on a port of the loopback.</summary>
    public static DeliveryFixture To(int port, Action<SmtpOptions>? configure = null) => new(options =>
    {
        options.Email = ["smtp"];
        var smtp = Configure(options, port);
        configure?.Invoke(smtp);
    });

    /// <summary>Adds the provider <c>smtp</c>: a server on a port of the loopback, in clear.</summary>
    public static SmtpOptions Configure(DeliveryOptions options, int port) => options.Smtp["smtp"] = new SmtpOptions
    {
        Host = "127.0.0.1",
        Port = port,
        StartTls = StartTls.None,
        From = "otp@sender.example",
    };
}
