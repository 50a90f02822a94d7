using System.Globalization;
using System.Text.Json.Nodes;
using Otp.Architecture;
using Otp.Deployment.Harness;

namespace Otp.Deployment.Kubernetes;

/// <summary>What the manifests of <c>deploy/kubernetes</c> say of each pod, and that they fit each other.</summary>
public sealed class ManifestTests
{
    private const int StopSeconds = 30;

    private readonly Manifests _manifests = new();

    public static TheoryData<string> Deployments => ["otp-silo", "otp-gateway"];

    [Fact]
    public void Every_manifest_is_applied_but_the_example_of_the_secrets() => Assert.Equal(
        Repository.Files("deploy/kubernetes", "*.yaml").Select(static file => file.Name).Order(StringComparer.Ordinal),
        Manifests.Kustomization.Texts("resources").Append("kustomization.yaml").Append("secrets.example.yaml").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Pod_may_do_nothing_that_it_does_not_need(string deployment)
    {
        var pod = _manifests.Get("Deployment", deployment).At("spec.template.spec");
        var container = _manifests.ContainerOf(deployment);

        Assert.Equal(("false", "true", "RuntimeDefault"), (pod.Text("automountServiceAccountToken"), pod.Text("securityContext.runAsNonRoot"), pod.Text("securityContext.seccompProfile.type")));
        Assert.Equal(Dockerfile.Last("silo", "USER"), $"{pod.Text("securityContext.runAsUser")}:{pod.Text("securityContext.runAsGroup")}");
        Assert.Equal(("false", "true"), (container.Text("securityContext.allowPrivilegeEscalation"), container.Text("securityContext.readOnlyRootFilesystem")));
        Assert.Equal(["ALL"], container.Texts("securityContext.capabilities.drop"));
        Assert.All(["requests.cpu", "requests.memory", "limits.memory"], resource => Assert.NotEmpty(container.Text($"resources.{resource}")));
        Assert.Equal("restricted", _manifests.Get("Namespace", "otp").Map("metadata.labels").ToTexts()["pod-security.kubernetes.io/enforce"]);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Upgrade_takes_one_pod_after_the_other_and_so_does_a_drained_node(string deployment)
    {
        var rolling = _manifests.Get("Deployment", deployment).At("spec.strategy.rollingUpdate");
        var budget = _manifests.Get("PodDisruptionBudget", deployment);

        Assert.Equal(("1", "0", "1"), (rolling.Text("maxSurge"), rolling.Text("maxUnavailable"), budget.Text("spec.maxUnavailable")));
        Assert.Equal(_manifests.LabelsOf(deployment), budget.Map("spec.selector.matchLabels").ToTexts());
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Probes_ask_the_right_question_at_a_port_that_is_there(string deployment)
    {
        var container = _manifests.ContainerOf(deployment);
        var ports = container.List("ports").Select(static port => port.Text("name")).ToList();

        Assert.Equal("/health/ready", container.Text("startupProbe.httpGet.path"));
        Assert.Equal("/health/ready", container.Text("readinessProbe.httpGet.path"));
        Assert.Equal("/health/live", container.Text("livenessProbe.httpGet.path"));
        Assert.All(["startupProbe", "readinessProbe", "livenessProbe"], probe => Assert.Contains(container.Text($"{probe}.httpGet.port"), ports));
        var startTime = Number(container, "startupProbe.periodSeconds") * Number(container, "startupProbe.failureThreshold");
        Assert.InRange(startTime, 120, int.MaxValue);
    }

    [Fact]
    public void Nothing_is_killed_before_it_has_had_its_time_to_stop()
    {
        var drain = TimeSpan.Parse(_manifests.EnvironmentOf("otp-gateway")["Otp__DrainTime"], CultureInfo.InvariantCulture);

        Assert.InRange(GraceOf("otp-gateway"), (int)drain.TotalSeconds + StopSeconds + 5, 120);
        Assert.InRange(GraceOf("otp-silo"), StopSeconds + 5, 120);
    }

    [Fact]
    public void Silo_is_known_by_its_pods_address()
    {
        var variable = Assert.Single(_manifests.ContainerOf("otp-silo").List("env"));

        Assert.Equal(("Orleans__Endpoints__AdvertisedIPAddress", "status.podIP"), (variable.Text("name"), variable.Text("valueFrom.fieldRef.fieldPath")));
    }

    [Fact]
    public void Each_pod_mounts_its_own_secrets_alone_and_has_none_in_its_environment()
    {
        Assert.Equal(
            ["ConnectionStrings__redis", "Otp__Cluster__Secret", "Otp__IndexKey", "Otp__Programs__shop__Clients__web-shop__SecretHashes__0", "Otp__Tokens__SigningKeys__0"],
            _manifests.SecretsOf("otp-gateway").Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["ConnectionStrings__redis", "Otp__Cluster__Secret", "Otp__CodeKeys__0", "Otp__Delivery__Smtp__mail__Password", "Otp__Delivery__Smtp__mail__UserName", "Otp__IndexKey"],
            _manifests.SecretsOf("otp-silo").Keys.Order(StringComparer.Ordinal));
        Assert.All(Deployments, row => Assert.Empty(_manifests.SecretsOf(row.Data).Keys.Intersect(_manifests.EnvironmentOf(row.Data).Keys, StringComparer.Ordinal)));
        Assert.All(Deployments, row => Assert.Equal(MountOf(row.Data), _manifests.EnvironmentOf(row.Data)["Otp__SecretsDirectory"]));
    }

    [Fact]
    public void Services_lead_to_gateways_the_public_one_to_the_public_port()
    {
        Assert.All(_manifests.Of("Service"), service => Assert.Equal(_manifests.LabelsOf("otp-gateway"), service.Map("spec.selector").ToTexts()));
        Assert.Equal("http", _manifests.Get("Service", "otp").Text("spec.ports.0.targetPort"));
        Assert.Equal("management", _manifests.Get("Service", "otp-management").Text("spec.ports.0.targetPort"));
        Assert.Equal("http://+:8081", _manifests.EnvironmentOf("otp-gateway")["Otp__Management__Urls"]);
        Assert.Equal(["8080", "8081"], _manifests.ContainerOf("otp-gateway").List("ports").Select(static port => port.Text("containerPort")));
    }

    [Fact]
    public void Network_lets_in_silos_and_gateways_to_silos_and_nobody_to_management()
    {
        var silo = _manifests.Get("NetworkPolicy", "otp-silo").List("spec.ingress").ToList();
        var gateway = _manifests.Get("NetworkPolicy", "otp-gateway").List("spec.ingress").ToList();

        Assert.Empty(_manifests.Get("NetworkPolicy", "otp-default").Map("spec.podSelector"));
        Assert.Equal(["silo", "gateway"], PortsFrom(silo, "otp-silo"));
        Assert.Equal(["gateway"], PortsFrom(silo, "otp-gateway"));
        Assert.Equal(2, silo.Count);
        Assert.Equal(["http"], Assert.Single(gateway).List("ports").Select(static port => port.Text("port")));
    }

    private IEnumerable<string> PortsFrom(IEnumerable<JsonNode> rules, string deployment) => rules
        .Single(rule => rule.List("from").Single().Map("podSelector.matchLabels").ToTexts().OrderBy(static label => label.Key, StringComparer.Ordinal)
            .SequenceEqual(_manifests.LabelsOf(deployment).OrderBy(static label => label.Key, StringComparer.Ordinal)))
        .List("ports").Select(static port => port.Text("port"));

    private string MountOf(string deployment) => _manifests.ContainerOf(deployment).List("volumeMounts").Single(static mount => mount.Text("name") == "secrets").Text("mountPath");

    private int GraceOf(string deployment) => Number(_manifests.Get("Deployment", deployment), "spec.template.spec.terminationGracePeriodSeconds");

    private static int Number(JsonNode node, string path) => int.Parse(node.Text(path), CultureInfo.InvariantCulture);
}
