namespace Otp.Cluster.SiloPort;

/// <summary>Strangers at the port of a gateway that is a member of the cluster.</summary>
public sealed class MemberPortTests(OneMemberGateway cluster) : StrangerTests(cluster), IClassFixture<OneMemberGateway>;
