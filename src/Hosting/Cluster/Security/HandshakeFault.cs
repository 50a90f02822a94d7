namespace Otp.Hosting.Cluster;

/// <summary>Why a process that connected is refused.</summary>
internal enum HandshakeFault
{
    /// <summary>It said nothing for as long as a handshake may take.</summary>
    Silent,

    /// <summary>What it says is not TLS.</summary>
    NotTls,

    /// <summary>It showed no certificate of this cluster, or its handshake broke off.</summary>
    NotProved,
}
