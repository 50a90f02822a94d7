using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo listens; bound to the section <c>Orleans:Endpoints</c>.</summary>
public class EndpointOptions
{
    public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for clients.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Where it listens for other silos, if that is not where it tells them to find it (behind address translation).</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Likewise for clients.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
