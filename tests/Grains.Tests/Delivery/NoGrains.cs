using System.Reflection;

namespace Otp.Delivery;

/// <summary>Grains for tests that need none: every call is an error.</summary>
public class NoGrains : DispatchProxy
{
    /// <summary>A factory whose every call is an error.</summary>
    public static IGrainFactory Factory() => Create<IGrainFactory, NoGrains>();

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new InvalidOperationException("These tests have no grains.");
}
