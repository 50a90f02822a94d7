using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>A C# client that NSwag generates from the document (NSwag#3917: answers with null in them could not be read).</summary>
public sealed class GeneratedCSharpClientTests(GatewayFixture fixture)
{
    [Theory]
    [InlineData(CSharpJsonLibrary.NewtonsoftJson)]
    [InlineData(CSharpJsonLibrary.SystemTextJson)]
    public async Task It_signs_a_customer_in_and_reads_every_answer(CSharpJsonLibrary library)
    {
        var target = TestGateway.NewTarget();
        var client = Compile(await GenerateAsync(library), await ReadAsync("SignIn.cs"));
        using var http = new HttpClient { BaseAddress = fixture.Gateway.Http.BaseAddress };

        var run = (Task<string>)client.GetType("Generated.SignIn", throwOnError: true)!.GetMethod("RunAsync")!
            .Invoke(null, [http, TestGateway.Acme, TestGateway.Secret, target])!;

        Assert.Equal($"True True email Jane Doe True True {target} False True 400", await run);
    }

    private async Task<string> GenerateAsync(CSharpJsonLibrary library)
    {
        var document = await OpenApiDocument.FromJsonAsync((await fixture.Gateway.GetAsync("/openapi/v1.json")).Body, TestContext.Current.CancellationToken);
        return new CSharpClientGenerator(document, new CSharpClientGeneratorSettings
        {
            ClassName = "OtpApi",
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = library },
        }).GenerateFile();
    }

    private static Assembly Compile(params string[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path));
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create(
            $"client-{Guid.NewGuid():n}",
            sources.Select(static source => CSharpSyntaxTree.ParseText(source)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(assembly.ToArray());
    }

    private static async Task<string> ReadAsync(string resource)
    {
        using var reader = new StreamReader(typeof(GeneratedCSharpClientTests).Assembly.GetManifestResourceStream(resource)!);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
