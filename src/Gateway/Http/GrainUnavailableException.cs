namespace Otp.Gateway.Http;

/// <summary>The cluster could not carry out a call to a grain; whether it had an effect is unknown. Answered with 503.</summary>
internal sealed class GrainUnavailableException(Exception? fault = null) : Exception("The cluster could not carry out the call.", fault);
