using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Otp.Delivery;
using Otp.Faults;
using Otp.Programs;

namespace Otp.Grains.Tests.Programs;

public sealed class ProgramReloadTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly LogCapture _logs = new();
    private readonly ChangingSource _settings = new() { ["Otp:Programs:p:Name"] = "before" };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-reload-");
    private ServiceProvider _services = null!;
    private IConfigurationRoot _configuration = null!;

    private ProgramSet Current => _services.GetRequiredService<ProgramCatalog>().Current;

    private string File => Path.Combine(_folder.FullName, "settings.json");

    private WatchedFolder Folder => field ??= new WatchedFolder(_folder.FullName);

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(File, """{ "Otp": { "Programs": { "filed": { "Name": "from a file" } } } }""");
        _configuration = new ConfigurationBuilder().Add(_settings).AddJsonFile(source =>
            (source.FileProvider, source.Path, source.Optional, source.ReloadOnChange, source.ReloadDelay) = (Folder, "settings.json", true, true, 0)).Build();
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<IConfiguration>(_configuration)
            .AddLogging(logging => logging.AddProvider(_logs))
            .AddOtp(_configuration.GetSection(OtpOptions.Section), embedded: true)
            .BuildServiceProvider();
        Assert.Equal("before", Current.Get("p").Name);
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Folder.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Change_takes_effect_once_it_has_settled()
    {
        _settings["Otp:Programs:p:Name"] = "half";
        _settings.Announce();
        _time.Advance(ProgramReload.SettleDelay - TimeSpan.FromMilliseconds(1));
        Assert.Equal("before", Current.Get("p").Name);
        _settings["Otp:Programs:p:Name"] = "after";
        _settings.Announce();
        _time.Advance(ProgramReload.SettleDelay - TimeSpan.FromMilliseconds(1));
        Assert.Equal("before", Current.Get("p").Name);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("after", Current.Get("p").Name);
    }

    [Fact]
    public void Programs_come_and_go()
    {
        Change("Otp:Programs:q:Name", "new");
        Assert.Equal("new", Current.Get("q").Name);

        Change("Otp:Programs:q:Name", null);
        Assert.Throws<UnknownProgramException>(() => Current.Get("q"));
    }

    [Fact]
    public void Announcement_without_a_change_changes_nothing()
    {
        var before = Current;

        Announce();

        Assert.Same(before, Current);
    }

    [Fact]
    public void Faulty_change_is_refused_whole_with_one_error_that_lists_all_faults()
    {
        var before = Current;
        _settings["Otp:Programs:p:Name"] = "after";
        _settings["Otp:Programs:p:Policy:Length"] = "3";
        _settings["Otp:Programs:p:Policy:Lifetme"] = "00:01:00";
        _settings["Otp:Programs:p:DefaultRegion"] = "ZZ";

        Announce();

        Assert.Same(before, Current);
        var line = Assert.Single(Errors());
        Assert.Contains("Otp:Programs:p:Policy:Length", line, StringComparison.Ordinal);
        Assert.Contains("Otp:Programs:p:Policy:Lifetme", line, StringComparison.Ordinal);
        Assert.Contains("Otp:Programs:p:DefaultRegion", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Mended_change_takes_effect()
    {
        Change("Otp:Programs:p:Policy:Length", "3");
        Change("Otp:Programs:p:Policy:Length", "8");

        Assert.Equal(8, Current.Get("p").PolicyFor(Purpose.None).Length);
    }

    [Theory]
    [InlineData("Otp:IndexKey", "/wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Otp:CodeKeys:0", "/wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Otp:Tokens:SigningKeys:0", "/wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Otp:Topology", "Combined")]
    [InlineData("Otp:Proxies:0", "10.0.0.1")]
    [InlineData("Otp:Delivery:Email:0", "smtp")]
    public void What_is_read_at_start_alone_is_refused_with_a_word_about_a_restart(string key, string value)
    {
        var before = Current;
        _settings[key] = value;

        Change("Otp:Programs:p:Name", "after");

        Assert.Same(before, Current);
        var line = Assert.Single(Errors());
        Assert.Contains($"{key} has changed, which takes a restart", line, StringComparison.Ordinal);
        Assert.DoesNotContain(value + " ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_that_remembers_for_longer_takes_effect_at_once()
    {
        Change("Otp:Programs:p:Lockout:Memory", "40.00:00:00");

        Assert.Equal(TimeSpan.FromDays(40), Current.Get("p").Lockout.Memory);
    }

    [Fact]
    public void Lifetime_of_tokens_and_limits_change_too()
    {
        _settings["Otp:Tokens:Lifetime"] = "00:10:00";
        Change("Otp:Limits:SendsPerAddress:Limit", "7");

        Assert.Equal((TimeSpan.FromMinutes(10), 7), (Current.TokenLifetime, Current.Limits.SendsPerAddress.Limit));
    }

    [Theory]
    [InlineData("""{ "Otp": { "Programs": """)]
    [InlineData("")]
    [InlineData(null)]
    public void File_that_is_broken_or_gone_removes_nothing(string? content)
    {
        if (content is null)
        {
            System.IO.File.Delete(File);
        }
        else
        {
            System.IO.File.WriteAllText(File, content);
        }

        _configuration.Reload();
        _time.Advance(ProgramReload.SettleDelay);

        Assert.Equal("from a file", Current.Get("filed").Name);
        Assert.Contains("settings.json", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_mended_takes_effect()
    {
        System.IO.File.WriteAllText(File, "{");
        _configuration.Reload();
        _time.Advance(ProgramReload.SettleDelay);
        System.IO.File.WriteAllText(File, """{ "Otp": { "Programs": { "filed": { "Name": "mended" } } } }""");
        _configuration.Reload();
        _time.Advance(ProgramReload.SettleDelay);

        Assert.Equal("mended", Current.Get("filed").Name);
    }

    [Fact]
    public void File_that_loses_its_read_permission_is_reported_and_removes_nothing()
    {
        Folder.IsDenied = true;

        Assert.Throws<AggregateException>(Folder.Announce);
        _time.Advance(ProgramReload.SettleDelay);

        Assert.Equal("from a file", Current.Get("filed").Name);
        Assert.Contains("settings.json: the file cannot be read.", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    private void Change(string key, string? value)
    {
        _settings[key] = value;
        Announce();
    }

    private void Announce()
    {
        _settings.Announce();
        _time.Advance(ProgramReload.SettleDelay);
    }

    private List<string> Errors() => [.. _logs.Lines.Where(line => line.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal))];

    /// <summary>A folder that announces a change when a test says so, and can refuse to open its files, also to a privileged user.</summary>
    private sealed class WatchedFolder(string path) : IFileProvider, IDisposable
    {
        private readonly PhysicalFileProvider _files = new(path);
        private CancellationTokenSource _change = new();

        public bool IsDenied { get; set; }

        public void Announce()
        {
            using var change = _change;
            _change = new CancellationTokenSource();
            change.Cancel();
        }

        public IFileInfo GetFileInfo(string subpath) => IsDenied ? new DeniedFile(_files.GetFileInfo(subpath)) : _files.GetFileInfo(subpath);

        public IDirectoryContents GetDirectoryContents(string subpath) => _files.GetDirectoryContents(subpath);

        public IChangeToken Watch(string filter) => new CancellationChangeToken(_change.Token);

        public void Dispose()
        {
            _change.Dispose();
            _files.Dispose();
        }
    }

    private sealed class DeniedFile(IFileInfo file) : IFileInfo
    {
        public bool Exists => file.Exists;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified => file.LastModified;

        public long Length => file.Length;

        public string Name => file.Name;

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => throw new UnauthorizedAccessException();
    }

    private sealed class ChangingSource : ConfigurationProvider, IConfigurationSource
    {
        public string? this[string key]
        {
            set
            {
                if (value is null)
                {
                    Data.Remove(key);
                }
                else
                {
                    Data[key] = value;
                }
            }
        }

        public void Announce() => OnReload();

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
    }
}
