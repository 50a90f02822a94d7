namespace Otp.Cluster.Faults;

/// <summary>A process did not behave as it must in a fault.</summary>
internal sealed class FaultException(string message) : Exception(message);
