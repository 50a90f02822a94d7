using System.Text.Json.Nodes;

namespace Otp.Deployment.Harness;

/// <summary>The manifests of <c>deploy/kubernetes</c>: those that the kustomization applies, and the example of the secrets.</summary>
internal sealed class Manifests
{
    private const string Folder = "deploy/kubernetes";

    private readonly List<JsonObject> _all = [.. Kustomization.Texts("resources").Append("secrets.example.yaml").SelectMany(static file => Yaml.Read($"{Folder}/{file}"))];

    public static JsonObject Kustomization { get; } = Yaml.Read($"{Folder}/kustomization.yaml").Single();

    public IEnumerable<JsonObject> All => _all;

    public IEnumerable<JsonObject> Of(string kind) => _all.Where(manifest => manifest.Text("kind") == kind);

    public JsonObject Get(string kind, string name) => Of(kind).Single(manifest => manifest.Text("metadata.name") == name);

    /// <summary>The one container of a deployment's pods.</summary>
    public JsonNode ContainerOf(string deployment) => Get("Deployment", deployment).List("spec.template.spec.containers").Single();

    /// <summary>The environment of a deployment's container, but for what it takes from its pod.</summary>
    public Dictionary<string, string> EnvironmentOf(string deployment) => ContainerOf(deployment).List("envFrom")
        .SelectMany(source => Get("ConfigMap", source.Text("configMapRef.name")).Map("data").ToTexts())
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The files of the secrets that a deployment's container mounts: name and what the example says.</summary>
    public Dictionary<string, string> SecretsOf(string deployment) => Get("Deployment", deployment).List("spec.template.spec.volumes")
        .Single(static volume => volume.Text("name") == "secrets").List("projected.sources")
        .SelectMany(source => Get("Secret", source.Text("secret.name")).Map("stringData").ToTexts())
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The labels that a deployment's pods have.</summary>
    public Dictionary<string, string> LabelsOf(string deployment) => Get("Deployment", deployment).Map("spec.template.metadata.labels").ToTexts();
}
