namespace Otp.Cluster.Load;

/// <summary>What the rules demand of an answer.</summary>
internal enum Expectation
{
    Accept,
    Refuse,

    /// <summary>A deadline lies within the request's time: both are right.</summary>
    Either,
}
