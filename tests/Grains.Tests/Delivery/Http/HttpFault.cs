namespace Otp.Delivery;

/// <summary>The ways in which an endpoint fails.</summary>
public enum HttpFault
{
    Hang,
    Refuse,
    Answer500,
    Reset,
}
