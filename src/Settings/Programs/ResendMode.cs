namespace Otp.Programs;

/// <summary>What a send does while a code for the same purpose is alive.</summary>
public enum ResendMode
{
    /// <summary>A new code takes the old one's place, with attempts of its own.</summary>
    Replace = 0,

    /// <summary>The same code goes out again, its attempts and expiry as they are, so that slow mail still works.</summary>
    Repeat = 1,
}
