using System.Diagnostics.CodeAnalysis;

namespace Otp.Faults;

/// <summary>A grain's record could not be read or written; whether a write had an effect is unknown. The operation may be asked for again.</summary>
[GenerateSerializer, Immutable, Alias("otp.StorageUnavailableException")]
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It is thrown in one place.")]
public sealed class StorageUnavailableException(string grainType, Exception fault)
    : OrleansException($"The storage failed with a record of a {grainType} grain ({fault.GetType().Name}).");
